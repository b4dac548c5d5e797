"""From a debate to a file that is pleasant to read, and to compare with the one before it."""

from __future__ import annotations

import enum
import re
from typing import Any

from argmap.formats.json.data import write_data
from argmap.formats.json.shape import FORMAT, VERSION
from argmap.formats.json.words import literal
from argmap.model import (
    MAPPER,
    Argument,
    ArgumentRef,
    Citation,
    Claim,
    ClaimRef,
    Data,
    Debate,
    Issue,
    Link,
    Markup,
    Origin,
    Ref,
    Relation,
    Section,
    Source,
    Speaker,
    Step,
    StepRef,
    Voice,
    Wording,
    credit,
)

_WIDE = 100  # columns that a list or an object may take and stay on one line
_SURROGATE = re.compile("[\ud800-\udfff]")


def write(debate: Debate) -> str:
    """*debate* as JSON, in the order of the text; what is empty is left out.

    Half a surrogate pair is written as an escape, so that the result can be encoded. (A pair in
    halves reads back as the character it means.)

    Raises NotADebate for data that JSON cannot hold: a number that is not finite or has more
    than 640 digits, a key that is there twice, more than 100 levels.
    """
    return laid(_file(debate))


def laid(file: dict[str, Any]) -> str:
    """The text of a *file* made of dictionaries, lists and plain values."""
    return _SURROGATE.sub(lambda m: f"\\u{ord(m[0]):04x}", _laid(file)) + "\n"


def plain(value: Any) -> Any:
    """Anything that a debate is made of, as it stands in a file. Raises NotADebate as `write`."""
    match value:
        case Claim():
            return _claim(value)
        case Argument():
            return _argument(value)
        case Relation():
            return _relation(value)
        case Section():
            return _section(value)
        case Speaker():
            return _speaker(value)
        case Source():
            return _source(value)
        case Issue():
            return _issue(value)
        case Wording():
            return _wording(value)
        case Citation():
            return _citation(value)
        case Markup():
            return _markup((value,))[0]
        case Step():
            return _step(value, "a step")
        case Link():
            return _link(value)
        case ClaimRef() | ArgumentRef() | StepRef():
            return _ref(value)
        case Data():
            return write_data(value, "what changed")
        case enum.Enum():
            return value.value
        case tuple():
            return [plain(inner) for inner in value]
        case float():
            return write_data(Data((("", value),)), "what changed")[""]
        case _:
            return value


def _file(debate: Debate) -> dict[str, Any]:
    owner = repr(debate.title) if debate.title else "the debate"
    return {
        "format": FORMAT,
        "version": VERSION,
        **_given(
            title=debate.title,
            position=debate.position,
            claims=[_claim(claim) for claim in debate.claims],
            arguments=[_argument(argument) for argument in debate.arguments],
            relations=[_relation(relation) for relation in debate.relations],
            sections=[_section(section) for section in debate.sections],
            speakers=[_speaker(speaker) for speaker in debate.speakers],
            sources=[_source(source) for source in debate.sources],
            issues=[_issue(issue) for issue in debate.issues],
            data=write_data(debate.data, owner),
        ),
    }


def _given(**keys: Any) -> dict[str, Any]:
    """*keys* without those that say nothing."""
    return {key: value for key, value in keys.items() if value not in ("", [], {}, None)}


# --- claims and arguments


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "title": claim.title,
        **_given(
            wordings=[_wording(wording) for wording in claim.wordings],
            tags=list(claim.tags),
            section=list(claim.section),
            data=write_data(claim.data, str(claim.ref)),
            shown=None if claim.shown < 0 else claim.shown + 1,
        ),
    }


def _argument(argument: Argument) -> dict[str, Any]:
    return {
        "title": argument.title,
        **_given(
            gists=[_wording(gist) for gist in argument.gists],
            steps=[
                _step(step, str(StepRef(argument.ref, n))) for n, step in enumerate(argument.steps)
            ],
            tags=list(argument.tags),
            section=list(argument.section),
            data=write_data(argument.data, str(argument.ref)),
            shown=None if argument.shown < 0 else argument.shown + 1,
        ),
    }


def _wording(wording: Wording) -> dict[str, Any]:
    return _given(
        text=wording.text,
        by=wording.by,
        voice="" if wording.voice is Voice.ASSERTED else wording.voice.value,
        of=wording.of,
        credit="" if wording.voice is Voice.ASSERTED else credit(wording).whole,
        cited=[_citation(c) for c in wording.cited],
        markup=_markup(wording.markup),
    )


def _citation(c: Citation) -> dict[str, Any]:
    return _given(source=c.source, at=c.at, quote=c.quote)


def _markup(markup: tuple[Markup, ...]) -> list[dict[str, Any]]:
    return [
        {"style": m.style.value, "first": m.start + 1, "last": m.stop, **_given(to=m.to)}
        for m in markup
    ]


def _step(step: Step, name: str) -> dict[str, Any]:
    return {
        "premises": [premise.title for premise in step.premises],
        "conclusion": step.conclusion.title,
        **_given(rules=list(step.rules), data=write_data(step.data, name)),
    }


# --- relations


def _relation(relation: Relation) -> dict[str, Any]:
    written = {
        "kind": relation.kind.value,
        "tail": _ref(relation.tail),
        "head": _ref(relation.head),
        **_given(
            origin="" if relation.origin is Origin.STATED else relation.origin.value,
            because=[_ref(ref) for ref in relation.because],
        ),
    }
    if relation.link is not None:  # an empty one is not the same as none
        written["link"] = _link(relation.link)
    return written


def _link(link: Link) -> dict[str, Any]:
    written = _given(
        **{"as": link.sense and link.sense.value},
        about=link.about and link.about.value,
        because=link.because,
    )
    if link.by != MAPPER:  # nobody is not the same as the mapper
        written["by"] = link.by
    return written


def _ref(ref: Ref) -> dict[str, Any]:
    match ref:
        case ClaimRef(title):
            return {"claim": title}
        case ArgumentRef(title):
            return {"argument": title}
        case StepRef(argument, index):
            return {"argument": argument.title, "step": index + 1}


# --- the frame


def _section(section: Section) -> dict[str, Any]:
    return {
        "path": list(section.path),
        "title": section.title,
        **_given(
            level=None if section.level == 1 else section.level,
            tags=list(section.tags),
            data=write_data(section.data, f"the section {section.title!r}"),
            markup=_markup(section.markup),
        ),
    }


def _speaker(speaker: Speaker) -> dict[str, Any]:
    return {
        "key": speaker.key,
        **_given(
            name=speaker.name,
            role=speaker.role,
            data=write_data(speaker.data, f"the speaker {speaker.key!r}"),
        ),
    }


def _source(source: Source) -> dict[str, Any]:
    return {
        "key": source.key,
        **_given(
            title=source.title,
            authors=list(source.authors),
            date=source.date,
            place=source.place,
            url=source.url,
            file=source.file,
            data=write_data(source.data, f"the source {source.key!r}"),
        ),
    }


def _issue(issue: Issue) -> dict[str, Any]:
    return {
        "question": issue.question,
        "section": list(issue.section),
        **_given(refs=[_ref(ref) for ref in issue.refs]),
    }


# --- lines


def _laid(value: Any, depth: int = 0, lead: int = 0) -> str:
    """*value* over several lines, but each list or object that fits on a line on one.

    *depth* is how many lists and objects it is in, *lead* how much stands before it on its
    first line.
    """
    match value:
        case dict():
            left, right = "{", "}"
            parts = [_pair(literal(key), inner, depth + 1) for key, inner in value.items()]
        case list():
            left, right = "[", "]"
            parts = [_laid(inner, depth + 1) for inner in value]
        case _:
            return literal(value)
    line = left + ", ".join(parts) + right
    room = _WIDE - 2 * depth - lead - 1  # for a comma
    if not parts or (_may_close(value, depth) and len(line) <= room and "\n" not in line):
        return line
    lines = ",\n".join("  " * (depth + 1) + part for part in parts)
    return f"{left}\n{lines}\n{'  ' * depth}{right}"


def _pair(key: str, value: Any, depth: int) -> str:
    return f"{key}: {_laid(value, depth, len(key) + 2)}"


def _may_close(value: Any, depth: int) -> bool:
    """The file and its lists are always open: an entry added is a line added."""
    return depth > 1 or (depth == 1 and isinstance(value, dict))
