"""Changes in words: ``reworded``, ``cited at ¶5 instead of ¶4``, ``quotation changed``."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from attrs import frozen

from argmap.changes import fields
from argmap.changes.core import Changed
from argmap.changes.names import Called, short
from argmap.model import Citation, Data, Issue, Ref, Step, Value, Wording
from argmap.text import listed


@frozen
class Phrase:
    """What happened, in *words*; with the text that *was* there and the one that is *now*.

    *chip* says it in a word or two.
    """

    words: str
    was: str = ""
    now: str = ""
    chip: str = ""


# --- words, and where they stand


def reworded(old: str, new: str) -> Phrase:
    """That a wording has other words."""
    if not old or not new:
        return Phrase("put into words" if new else "no longer put into words", old, new, "reworded")
    return Phrase("reworded", old, new, "reworded")


def of_change(change: Changed, old: Called, new: Called) -> Iterator[Phrase]:
    """What changed in one field of something."""
    tell = _FIELDS.get(change.field)
    if change.field == "data":
        yield from _data(change)
    elif change.field == "section":
        yield _moved(new.heading(change.old) or old.heading(change.old), new.heading(change.new))
    elif change.field in ("premises", "refs"):
        more, less = _MEMBERS[change.field]
        yield from _members(change.old, change.new, new.ref, more, less)
    elif change.field == "conclusion":
        said = f"concludes {new.ref(change.new)} instead of {new.ref(change.old)}"
        yield Phrase(said, chip="concludes otherwise")
    elif change.field == "steps":
        yield from _steps(change.old, change.new, new)
    elif tell is not None:
        yield from tell(change.old, change.new)
    else:
        yield from _plain(change.field, change.old, change.new)


def _speaker(old: str, new: str) -> Iterator[Phrase]:
    if old and new:
        yield Phrase(f"speaker changed from {old} to {new}", chip="speaker changed")
    elif new:
        yield Phrase(f"now said by {new}", chip="speaker changed")
    else:
        yield Phrase(f"no longer said by {old}", chip="speaker changed")


def _voice(old: Any, new: Any) -> Iterator[Phrase]:
    said = f"voice changed from {old.value} to {new.value}"
    yield Phrase(said, chip=f"was {old.value}")


def _of(old: str, new: str) -> Iterator[Phrase]:
    if old and new:
        yield Phrase(f"the view of {new} instead of {old}", chip="whose view changed")
    elif new:
        yield Phrase(f"the view of {new}", chip="whose view changed")
    else:
        yield Phrase(f"no longer said to be the view of {old}", chip="whose view changed")


def _source(old: str, new: str) -> Iterator[Phrase]:
    if old and new:
        yield Phrase(f"cited from {new} instead of {old}", chip="cited otherwise")
    elif new:
        yield Phrase(f"now cited from {new}", chip="cited otherwise")
    else:
        yield Phrase(f"no longer cited from {old}", chip="cited otherwise")


def _at(old: str, new: str) -> Iterator[Phrase]:
    if old and new:
        yield Phrase(f"cited at {new} instead of {old}", chip=f"was {old}")
    elif new:
        yield Phrase(f"now cited at {new}", chip=f"at {new}")
    else:
        yield Phrase(f"no longer cited at {old}", chip="cited otherwise")


def _quote(old: str, new: str) -> Iterator[Phrase]:
    if old and new:
        yield Phrase("quotation changed", old, new, "quotation changed")
    else:
        said = "now has a quotation" if new else "quotation removed"
        yield Phrase(said, old, new, "quotation changed")


def _cited(old: tuple[Citation, ...], new: tuple[Citation, ...]) -> Iterator[Phrase]:
    for c in _without(new, old):
        yield Phrase(f"also cited from {_citation(c)}", "", c.quote, "cited otherwise")
    for c in _without(old, new):
        yield Phrase(f"no longer cited from {_citation(c)}", c.quote, "", "cited otherwise")


def _citation(c: Citation) -> str:
    return " ".join(p for p in (c.source, c.at) if p) or "an unnamed place"


def _wordings(old: tuple[Wording, ...], new: tuple[Wording, ...]) -> Iterator[Phrase]:
    more, less = list(_without(new, old)), list(_without(old, new))
    gone: dict[str, deque[Wording]] = {}
    for w in less:
        gone.setdefault(w.text, deque()).append(w)
    for w in more:
        if same := gone.get(w.text):
            yield from _held(same.popleft(), w)
            continue
        by = f" by {w.by}" if w.by else ""
        yield Phrase(f"also worded{by}" if w.text else f"also mentioned{by}", "", w.text, "worded")
    for w in (w for of in gone.values() for w in of):
        by = f" by {w.by}" if w.by else ""
        said = f"no longer worded so{by}" if w.text else f"one mention less{by}"
        yield Phrase(said, w.text, "", "reworded")


def _held(old: Wording, new: Wording) -> Iterator[Phrase]:
    """What changed in a wording but for its words."""
    for name, tell in (("by", _speaker), ("voice", _voice), ("of", _of), ("cited", _cited)):
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield from tell(before, after)
    if old.markup != new.markup:
        yield from _markup(old.markup, new.markup)


def _markup(_old: Any, _new: Any) -> Iterator[Phrase]:
    yield Phrase("emphasis, links or mentions changed", chip="marked otherwise")


def _shown(_old: int, _new: int) -> Iterator[Phrase]:
    yield Phrase("another of its wordings is shown", chip="other wording")


def _tags(old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[Phrase]:
    more, less = list(_without(new, old)), list(_without(old, new))
    if more:
        yield Phrase(f"tagged {_hashed(more)}", chip=_hashed(more))
    if less:
        yield Phrase(f"no longer tagged {_hashed(less)}", chip="tag removed")
    if not more and not less:
        yield Phrase("tags in another order")


def _hashed(tags: Iterable[str]) -> str:
    return listed([f"#{t}" for t in tags])


def _paths(_old: Any, _new: Any) -> Iterator[Phrase]:
    yield Phrase("headings are counted otherwise")


def _level(old: int, new: int) -> Iterator[Phrase]:
    yield Phrase(f"level {new} instead of {old}")


def _plain(field: str, old: Any, new: Any) -> Iterator[Phrase]:
    """Of a field that has no words of its own, as the name of a speaker."""
    before, after = _value(old), _value(new)
    if not new and new != 0:
        yield Phrase(f"{field} removed: {before}")
    elif not old and old != 0:
        yield Phrase(f"{field} added: {after}")
    else:
        yield Phrase(f"{field} changed from {before} to {after}")


def _question(old: str, new: str) -> Iterator[Phrase]:
    yield Phrase(f"now asks “{new}” instead of “{old}”")


def _issues(old: tuple[Issue, ...], new: tuple[Issue, ...]) -> Iterator[Phrase]:
    before, after = ([i.question for i in issues] for issues in (old, new))
    more, less = list(_without(after, before)), list(_without(before, after))
    for question in more:
        yield Phrase(f"now asks “{question}”")
    for question in less:
        yield Phrase(f"no longer asks “{question}”")
    if not more and not less:
        same = Counter(old) == Counter(new)
        others = "other claims or arguments stand under its questions"
        yield Phrase("questions in another order" if same else others)


_FIELDS: Mapping[str, Callable[[Any, Any], Iterator[Phrase]]] = MappingProxyType(
    {
        "by": _speaker,
        "voice": _voice,
        "of": _of,
        "source": _source,
        "at": _at,
        "quote": _quote,
        "cited": _cited,
        "wordings": _wordings,
        "markup": _markup,
        "shown": _shown,
        "tags": _tags,
        "paths": _paths,
        "level": _level,
        "question": _question,
        "issues": _issues,
    }
)


# --- what belongs to something


def _moved(old: str, new: str) -> Phrase:
    if old and new:
        return Phrase(f"moved from “{short(old)}” to “{short(new)}”", chip="moved")
    if new:
        return Phrase(f"moved to “{short(new)}”", chip="moved")
    return Phrase(f"moved out of “{short(old)}”", chip="moved")


_MEMBERS = MappingProxyType(
    {
        "premises": ("now also rests on", "no longer rests on"),
        "refs": ("now has", "no longer has"),
    }
)


def _members(
    old: tuple[Any, ...], new: tuple[Any, ...], name: Callable[[Ref], str], more: str, less: str
) -> Iterator[Phrase]:
    added, removed = list(_without(new, old)), list(_without(old, new))
    for ref in added:
        yield Phrase(f"{more} {name(ref)}", chip="premises changed")
    for ref in removed:
        yield Phrase(f"{less} {name(ref)}", chip="premises changed")
    if not added and not removed:
        yield Phrase("premises in another order", chip="premises reordered")


def _steps(old: tuple[Step, ...], new: tuple[Step, ...], names: Called) -> Iterator[Phrase]:
    if not old or not new:
        said = "reconstructed now" if new else "no longer reconstructed"
    else:
        said = f"steps: {len(new)} instead of {len(old)}"
    yield Phrase(said, chip="steps changed")
    before, after = (tuple(p for s in steps for p in s.premises) for steps in (old, new))
    if Counter(before) != Counter(after):
        yield from _members(before, after, names.ref, *_MEMBERS["premises"])
    if not old or not new:
        return
    if old[-1].conclusion != new[-1].conclusion:
        ends = (names.ref(new[-1].conclusion), names.ref(old[-1].conclusion))
        yield Phrase("concludes {} instead of {}".format(*ends), chip="concludes otherwise")
    rules, ruled = (tuple(r for s in steps for r in s.rules) for steps in (old, new))
    if rules != ruled:
        yield from _plain("rules", rules, ruled)
    if [repr(s.data) for s in old if s.data] != [repr(s.data) for s in new if s.data]:
        yield Phrase("data of its steps changed", chip="data changed")


def _data(change: Changed) -> Iterator[Phrase]:
    if change.place is None:  # the keys that stay stand in another order
        found = list(fields.values(change.of, change.old, change.new, change.number))
        for one in found:
            yield from _data(one)
        if not found:
            yield Phrase("data in another order", chip="data changed")
        return
    key, old, new = change.place, change.old, change.new
    if not new:
        said = f"{key}: {_value(old[0])} is removed"
    elif not old:
        said = f"{key}: {_value(new[0])} is added"
    else:
        said = f"{key}: from {_value(old[0])} to {_value(new[0])}"
    yield Phrase(said, chip="data changed")


def _value(value: Value) -> str:
    """A value of data in few words."""
    match value:
        case Data() | tuple():
            return short(_nested(value))
        case bool():
            return str(value).lower()
        case None:
            return "nothing"
        case str():
            return short(value) or "“”"
        case _:
            return str(value)


def _nested(value: Data | tuple[Value, ...]) -> str:
    if isinstance(value, Data):
        inner = (f"{k}: {_value(v)}" for k, v in value.items[:9])
        return f"{{{', '.join(inner)}}}"
    return f"[{', '.join(_value(v) for v in value[:9])}]"


def _without(these: Iterable[Any], those: Iterable[Any]) -> Iterator[Any]:
    """What of *these* is not among *those*, as often as it is not."""
    left = Counter(those)
    for x in these:
        if left[x] > 0:
            left[x] -= 1
        else:
            yield x
