"""What changed between two maps, and maps of several people put together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from argmap.api.map import Map, debate_of
from argmap.errors import BadValue
from argmap.model import Debate

if TYPE_CHECKING:
    from argmap.changes.core import Diff
    from argmap.changes.merged import Contribution, Merged

_UNFIT = re.compile(r"[\[\]<>{}\s]+")  # what a title cannot hold, or a name should not


def diff(old: Map | Debate, new: Map | Debate) -> Diff:
    """What changed from *old* to *new*, in the language of claims; false if nothing did.

    `argmap.printed` prints it, and its ``apply`` makes the changes again.
    """
    from argmap.changes.diff import diff as made

    return made(debate_of(old), debate_of(new))


def merge(
    maps: Iterable[Map | Debate],
    accept: Iterable[str | int] = (),
    names: Sequence[str] = (),
    *,
    base: Map | Debate | None = None,
    title: str = "",
) -> Merged:
    """*maps* of several people as one, and the account of it. `argmap.printed` prints that.

    The same title with the same words is one claim; all else is kept apart, and what is probably
    the same is only proposed. *accept* are the proposals to fuse: their numbers, ``all``, or two
    titles as ``A=B``. *names* are those of the contributors; without, whoever speaks in the whole
    map, or the name of its file. *base* is the map that they began from. The title, unless given,
    is that of the maps. The order of the maps makes no difference.

    Raises:
        UnknownName: there is no such proposal, or nothing is called so.
        BadValue: two maps have contributors of one name, or one has none; or what is to be
            accepted is neither number nor titles.
    """
    from argmap.changes.merge import merge as merged

    listed = [maps] if isinstance(maps, str | Map | Debate) else list(maps)
    if len(names) > len(listed):
        raise BadValue(f"there are {len(names)} names for {len(listed)} maps")
    given = [*names, *[""] * (len(listed) - len(names))]
    if base is not None:
        listed, given = [base, *listed], ["", *given]
    often = Counter(debate_of(m).position for m in listed)
    found = [
        _contribution(m, name, often, is_base=base is not None and n == 0)
        for n, (m, name) in enumerate(zip(listed, given, strict=True))
    ]
    _must_differ([c.name for c in found])
    asked = [accept] if isinstance(accept, str | int) else accept
    return merged(found, asked, title=title)


def _contribution(
    of: Map | Debate, name: str, often: Counter[str], *, is_base: bool = False
) -> Contribution:
    """Whose map *of* is: as *name* says, or whose position it is, if only one map is of that; else
    its file.
    """
    from argmap.changes.merged import Contribution

    debate = debate_of(of)
    if name and (_UNFIT.sub(" ", name).strip() != name):
        raise BadValue(f"a contributor's name has no brackets and no odd blanks: not {name!r}")
    position, stem = debate.position, _stem(of)
    several = often[position] > 1 and stem
    name = name or ("" if several else position) or stem or ("base" if is_base else "")
    name = _UNFIT.sub(" ", name).strip()
    if not name:
        raise BadValue("whose map is this? names=[…] says it, or NAME=FILE on the command line")
    return Contribution(name, debate, is_base)


def _stem(of: Map | Debate) -> str:
    """The name of the file that *of* was read from, without its suffix; "" if there is none."""
    texts = of.texts if isinstance(of, Map) else ()
    name = texts[0].name if texts else ""
    return "" if name.startswith("<") else Path(name).stem


def _must_differ(names: Sequence[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise BadValue(
                f"two of these maps are by {name!r}; give one another name: names=[…], or "
                "NAME=FILE on the command line"
            )
        seen.add(name)
