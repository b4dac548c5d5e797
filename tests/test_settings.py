"""What may be set about a map: values, defaults, who wins, and what is wrong with it."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import fields, has
from conftest import ROOT

from argmap.errors import BadValue
from argmap.model import NO_DATA, Data, Value
from argmap.settings import (
    KEPT,
    KEYS,
    SCHEMES,
    FrontMatterSettingsMode,
    LabelMode,
    Mode,
    Settings,
    StatementSelectionMode,
    entries,
    findings,
    parse_flag,
    settings,
)
from argmap.text import Severity


def data(given: dict[str, Any]) -> Data:
    def value(v: Any) -> Value:
        if isinstance(v, dict):
            return data(v)
        return tuple(value(e) for e in v) if isinstance(v, list) else v

    return Data(tuple((k, value(v)) for k, v in given.items()))


def told(given: dict[str, Any]) -> list[tuple[str, str]]:
    return [(f.code, ".".join(f.path)) for f in findings(entries(data(given)))]


def help(given: dict[str, Any]) -> str:
    (found,) = findings(entries(data(given)))
    return found.help


# --- values


def test_nothing_set_gives_the_defaults():
    assert Settings() == settings(NO_DATA)
    assert Mode.LOOSE is Settings().model.mode
    assert StatementSelectionMode.WITH_TITLE is Settings().selection.statement_selection_mode
    assert 2 == Settings().group.group_depth
    assert SCHEMES["default"] == Settings().color.color_scheme


def test_every_setting_of_the_table_that_is_acted_on_has_its_place_in_the_classes():
    found = []

    def walk(part: Any, path: tuple[str, ...]) -> None:
        for a in fields(type(part)):
            first, *rest = a.name.split("_")
            here = (*path, first + "".join(w.title() for w in rest))
            value = getattr(part, a.name)
            if has(type(value)) and not isinstance(value, Data):
                walk(value, here)
            else:
                found.append(here)

    walk(Settings(), ())
    assert sorted(found) == sorted(k.path for k in KEYS if k.acts)


def test_the_defaults_of_the_table_are_those_of_the_classes():
    for key in KEYS:
        if key.acts and key.default and key.default[0] not in "{[":
            assert settings(NO_DATA) == settings(parse_flag(f"{key}={key.default}")), str(key)


def test_what_is_set_is_read():
    given = data(
        {
            "model": {"mode": "strict", "explodeArguments": True},
            "map": {"argumentLabelMode": "title"},
            "selection": {"selectedTags": ["a", "b"], "excludeDisconnected": False},
            "color": {"colorScheme": "colorbrewer-set3", "tagColors": {"a": 1}},
            "dot": {"statement": {"text": {"fontSize": 12}}, "graphVizSettings": {"rankdir": "LR"}},
        }
    )
    found = settings(given)
    assert Mode.STRICT is found.model.mode
    assert found.model.explode_arguments
    assert LabelMode.TITLE is found.map.argument_label_mode
    assert ("a", "b") == found.selection.selected_tags
    assert not found.selection.exclude_disconnected
    assert SCHEMES["colorbrewer-set3"] == found.color.color_scheme
    assert 1 == found.color.tag_colors.get("a")
    assert 12 == found.dot.statement.text.font_size
    assert "LR" == found.dot.graph_viz_settings.get("rankdir")
    assert "10,10" == found.dot.graph_viz_settings.get("size")


@pytest.mark.parametrize(
    "given",
    [
        {"model": {"mode": "stict"}},
        {"model": "strict"},
        {"model": {"explodeArguments": "yes"}},
        {"group": {"groupDepth": "two"}},
        {"group": {"groupDepth": True}},
        {"color": {"colorScheme": "colorbrewer-set4"}},
        {"color": {"tagColors": ["#111"]}},
        {"dot": {"statement": {"text": 3}}},
    ],
)
def test_a_value_that_a_setting_does_not_take_leaves_the_default_and_is_told(
    given: dict[str, Any],
):
    assert Settings() == settings(data(given))
    assert ["AM419"] == [code for code, _ in told(given)]


def test_a_setting_without_a_value_is_not_set():
    assert Settings() == settings(data({"model": {"mode": None}, "group": None}))
    assert [] == told({"model": {"mode": None}, "group": None})


def test_one_text_stands_for_a_list_of_it():
    found = settings(data({"selection": {"selectedTags": "pro"}}))
    assert ("pro",) == found.selection.selected_tags


def test_what_is_no_text_in_a_list_of_titles_is_left_out_and_told():
    given = {"selection": {"selectedTags": [2020, "pro"]}}
    assert ("pro",) == settings(data(given)).selection.selected_tags
    assert 'put it in quotation marks: "2020"' == help(given)


# --- who wins


def depth(front: int, config: int, flag: int = 0, mode: str = "") -> int:
    beside: dict[str, Any] = {"group": {"groupDepth": config}}
    if mode:
        beside["data"] = {"frontMatterSettingsMode": mode}
    flags = parse_flag(f"group.groupDepth={flag}") if flag else NO_DATA
    made = settings(data({"group": {"groupDepth": front}}), data(beside), flags)
    return made.group.group_depth


def test_flags_win_over_the_map_and_the_map_over_the_file_beside_it():
    assert 3 == depth(front=3, config=4)
    assert 5 == depth(front=3, config=4, flag=5)


def test_the_file_beside_a_map_may_say_that_the_map_gives_way():
    assert 3 == depth(front=3, config=4, mode=FrontMatterSettingsMode.PRIORITY.value)
    assert 4 == depth(front=3, config=4, mode=FrontMatterSettingsMode.DEFAULT.value)
    assert 4 == depth(front=3, config=4, mode=FrontMatterSettingsMode.IGNORE.value)


def test_settings_from_two_places_are_joined_key_by_key():
    found = settings(
        data({"color": {"tagColors": {"a": 1}}}), data({"color": {"tagColors": {"a": 2, "b": 3}}})
    )
    assert [("a", 1), ("b", 3)] == list(found.color.tag_colors.items)


# --- what is told


def test_keys_of_the_author_are_not_told_of():
    given = {"title": "x", "author": ["a"], "explanation": "e", "sections": 3, "mode": "rapid"}
    assert [] == told({**given, "mine": {"groupDepth": 3}})


@pytest.mark.parametrize(
    ("given", "right"),
    [
        ({"mode": "strict"}, "model: {mode: …}"),
        ({"groupDepth": 3}, "group: {groupDepth: …}"),
        ({"map": {"groupDepth": 5}}, "group: {groupDepth: …}"),
        (
            {"map": {"statementSelectionMode": "all"}},
            "selection: {statementSelectionMode: …}",
        ),
        ({"rankdir": "LR"}, "dot: {graphVizSettings: {rankdir: …}}"),
        ({"dot": {"lineLength": 30}}, "dot: {statement: {title: {charactersInLine: …}}}"),
        (
            {"dot": {"argument": {"charactersInLine": 30}}},
            "dot: {argument: {title: {charactersInLine: …}}}",
        ),
    ],
)
def test_a_setting_in_the_wrong_place_is_told_with_the_right_one(given: dict[str, Any], right: str):
    assert ["AM418"] == [code for code, _ in told(given)]
    assert f"write  {right}" == help(given)


@pytest.mark.parametrize(
    ("given", "hint"),
    [
        ({"color": {"colorByTags": True}}, "did you mean colorizeByTag?"),
        ({"model": {"modes": "strict"}}, "did you mean mode?"),
        ({"dot": {"statment": {"minWidth": 0}}}, "did you mean statement?"),
        ({"color": {"relationColors": {"suport": 1}}}, "did you mean support?"),
    ],
)
def test_an_unknown_key_in_a_section_is_told_with_a_near_one(given: dict[str, Any], hint: str):
    assert ["AM417"] == [code for code, _ in told(given)]
    assert hint == help(given)


@pytest.mark.parametrize(
    ("word", "now"),
    [("titled", "with-title"), ("roots", "top-level"), ("statement-trees", "with-relations")],
)
def test_a_mode_of_old_is_told_with_its_name_of_today(word: str, now: str):
    assert f"write {now}" == help({"selection": {"statementSelectionMode": word}})


def test_what_other_tools_read_is_noted_once_for_each_section():
    given = {"webComponent": {"width": 1, "views": {"map": True}}, "dagre": {"rankDir": "LR"}}
    assert [("AM409", "webComponent"), ("AM409", "dagre")] == told(given)
    assert {Severity.NOTE} == {f.severity for f in findings(entries(data(given)))}


def test_a_word_that_is_no_colour_is_told():
    assert [("AM419", "color.tagColors.pro")] == told({"color": {"tagColors": {"pro": "red"}}})


def test_messages_are_sentences_without_a_place():
    (found,) = findings(entries(data({"map": {"groupDepth": 5}})))
    assert "'groupDepth' in 'map' has no effect: the setting is group.groupDepth" == found.message


# --- flags


@pytest.mark.parametrize(
    ("written", "path", "value"),
    [
        ("map.statementLabelMode=text", "map.statementLabelMode", "text"),
        ("group.groupDepth=0", "group.groupDepth", 0),
        ("model.explodeArguments=true", "model.explodeArguments", True),
        ("selection.selectedTags=[a, b]", "selection.selectedTags", ("a", "b")),
        ('selection.selectedTags=["a, b"]', "selection.selectedTags", ("a, b",)),
        ("color.tagColors.pro=#0f0", "color.tagColors.pro", "#0f0"),
        ("dot.graphVizSettings.rankdir=LR", "dot.graphVizSettings.rankdir", "LR"),
    ],
)
def test_a_flag_sets_what_it_names(written: str, path: str, value: Value):
    found: Value = parse_flag(written)
    for key in path.split("."):
        assert isinstance(found, Data)
        found = found.get(key)
    assert value == found


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("map.groupDepth=1", "no setting is called 'map.groupDepth'; did you mean group.group"),
        ("map.statementLabelMod=text", "did you mean map.statementLabelMode"),
        ("model.mode=stict", "takes loose or strict, not 'stict'; write strict"),
        ("model.mode", "sets nothing"),
        ("=", "no setting is called"),
        ("color.relationColors.suport=1", "did you mean support"),
    ],
)
def test_a_flag_that_sets_nothing_is_refused(written: str, said: str):
    with pytest.raises(BadValue, match=said):
        parse_flag(written)


def test_the_page_of_settings_lists_them_all():
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1].strip().strip("`") for line in page.splitlines() if "| `" in line]
    assert [str(key) for key in KEYS] == rows
    assert all(f"`{section}`" in page for section in KEPT)
