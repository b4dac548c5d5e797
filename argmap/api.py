"""The front door: a map as loaded, and what to do with it. Only this and `cli` touch files."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, get_args

from attrs import field, frozen

from argmap import formats, model
from argmap.errors import BadValue, CannotWrite, MapError, UnknownFormat, UnknownName, guesses
from argmap.formats import NotFetched, Reading
from argmap.model import Debate
from argmap.text import Problem, Text, decode

if TYPE_CHECKING:
    from argmap.layout import Drawing, Layout, Toward


@frozen(repr=False)
class Map:
    """A debate, the texts it was read from, and what was doubtful in them."""

    debate: Debate
    problems: tuple[Problem, ...] = field(default=(), repr=False)
    texts: tuple[Text, ...] = field(default=(), repr=False)

    def outline(
        self,
        *,
        columns: int = 80,
        depth: int | None = None,
        ascii: bool = False,
        colour: bool = False,
    ) -> str:
        """The whole map as indented text, at most *columns* wide, *depth* levels deep.

        Raises:
            BadValue: there is no such depth or width.
        """
        if columns < 20 or (depth is not None and depth < 1):
            raise BadValue("an outline has 20 columns or more, and 1 level or more")
        from argmap.render.outline import outline
        from argmap.view import view

        return outline(view(self.debate), columns=columns, depth=depth, ascii=ascii, colour=colour)

    def draw(
        self,
        *,
        layout: Layout = "auto",
        direction: Toward = "auto",
        card_width: float | None = None,
    ) -> Drawing:
        """Where everything of a picture stands. Its ``warnings`` say what could not be had."""
        from argmap.layout import arrange
        from argmap.view import view

        return arrange(view(self.debate), layout=layout, toward=direction, card_width=card_width)

    def to_svg(
        self,
        *,
        layout: Layout = "auto",
        direction: Toward = "auto",
        card_width: float | None = None,
        theme: str = "auto",
    ) -> str:
        """The map as an SVG picture.

        *layout* is ``tree`` or ``dot`` (Graphviz), *direction* ``down`` or ``right``, *card_width*
        in points, *theme* ``light``, ``dark`` or ``auto`` (as the reader's screen is set).
        """
        from argmap.render.svg import svg

        return svg(
            self.draw(layout=layout, direction=direction, card_width=card_width), theme=theme
        )

    def to_dot(self, *, direction: Toward = "auto") -> str:
        """The map in the DOT language, to go on in any Graphviz."""
        from argmap.layout import Toward
        from argmap.render.dot import dot
        from argmap.view import view

        if direction not in get_args(Toward):
            raise UnknownName("direction", direction, get_args(Toward), few=True)
        return dot(view(self.debate), down=direction != "right")

    def to_json(self) -> str:
        """The whole debate, nothing lost but the places in its texts."""
        from argmap.formats import json

        return json.write(self.debate)

    def render(self, path: str | os.PathLike[str], *, format: str = "", **options: Any) -> Path:
        """Write the map to *path*; its suffix, or *format*, chooses what is written.

        *options* are those of `to_svg`, `to_dot` or `outline`. The file is there whole or not at
        all.

        Raises:
            UnknownFormat: nothing is written in that format.
            CannotWrite: the folder does not exist, or the file cannot be written.
        """
        path = Path(path)
        made = WRITERS[format_of(path, format)](self, options)
        write_whole(path, made)
        return path

    def __str__(self) -> str:
        return self.outline().rstrip("\n")

    def __repr__(self) -> str:
        name = self.debate.title or "untitled"
        return f"<Map {name!r}: {len(self.debate.claims)} claims>"

    def _repr_svg_(self) -> str:
        return self.to_svg()


Writer = Callable[[Map, dict[str, Any]], str]

WRITERS: Mapping[str, Writer] = MappingProxyType(
    {
        "svg": lambda m, options: m.to_svg(**options),
        "dot": lambda m, options: m.to_dot(**options),
        "json": lambda m, options: m.to_json(**options),
        "txt": lambda m, options: m.outline(**options),
    }
)
"""What `Map.render` writes, by format."""

_SUFFIXES = MappingProxyType({"gv": "dot", "text": "txt"})


def format_of(path: Path, format: str = "") -> str:
    """The format to write to *path*: *format* if it is given, else by the suffix.

    Raises:
        UnknownFormat: with the formats there are, and the nearest.
    """
    asked = (format or path.suffix[1:]).lower()
    asked = _SUFFIXES.get(asked, asked)
    if asked in WRITERS:
        return asked
    known = ", ".join(f".{name}" for name in WRITERS)
    if not asked:
        raise UnknownFormat(f"{path} has no suffix to say what to write: give it one of {known}")
    near = guesses(asked, WRITERS)
    more = f"did you mean .{near[0]}?" if near else f"it writes {known}"
    if asked in ("png", "pdf", "jpg", "jpeg"):
        more = "draw .svg, which browsers and office programs show, print and convert"
    raise UnknownFormat(f"argmap does not write .{asked}; {more}")


def check_folder(path: Path) -> None:
    """Make sure that *path* names a file in a folder that exists. Raises CannotWrite."""
    if "\0" in str(path):
        raise CannotWrite(f"cannot write {str(path)!r}: a file name holds no null character")
    if not os.path.isdir(path.parent):  # noqa: PTH112 - it takes any name
        raise CannotWrite(f"cannot write {path}: there is no folder {path.parent}")
    if os.path.isdir(path):  # noqa: PTH112
        raise CannotWrite(f"cannot write {path}: it is a folder")


def write_whole(path: Path, body: str) -> None:
    """Write *body* to *path* beside it first, then put it in its place: whole or not at all.

    Raises:
        CannotWrite: with the reason, in a sentence.
    """
    check_folder(path)
    linked = os.path.islink(path)  # noqa: PTH114 - it takes any name
    target = Path(os.path.realpath(path)) if linked else path  # a link stays a link
    beside = target.parent / f".{target.name[:80]}.{os.getpid()}.part"
    try:
        if target.exists() and not target.is_file():  # a device or a pipe has no place of its own
            target.write_text(body, encoding="utf-8", newline="\n")
            return
        with beside.open("w", encoding="utf-8", newline="\n") as f:
            f.write(body)
        if target.exists():
            beside.chmod(stat.S_IMODE(target.stat().st_mode))
        beside.replace(target)
    except OSError as e:
        raise CannotWrite(f"cannot write {path}: {_why(e)}") from None
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


def _why(e: OSError) -> str:
    return (e.strerror or str(e)).lower()


class Builder(model.Builder):
    """Put a debate together in Python; `map` gives what can be drawn.

    >>> b = Builder(title="Should phones be banned at school?")
    >>> ban = b.claim("School should ban phones.", by=b.speaker("Ana Keller"))
    >>> reason = b.support(ban, "Phones break concentration.")
    >>> print(b.map().outline(), end="")
    Should phones be banned at school?
    <BLANKLINE>
    1 School should ban phones. — Keller
    └─ +  1.1 Phones break concentration.
    """

    def map(self) -> Map:
        """The debate so far, with what is doubtful in it."""
        from argmap.model import check

        debate = self.build()
        return Map(debate, check.problems(debate))


def load(path: str | os.PathLike[str]) -> Map:
    """Read the map at *path*, in any format that argmap reads, recognised by its content.

    Raises:
        MapError: the text has errors; all of them are in its ``problems``.
        OSError: the file cannot be read.
    """
    return _sound(read(path))


def loads(body: str, *, name: str = "<string>") -> Map:
    """Read a map from a string. *name* is what messages call it.

    Raises:
        MapError: as `load` does.
    """
    return _sound(formats.read(Text(name, body.removeprefix("\ufeff")), fetch))


def read(path: str | os.PathLike[str]) -> Reading:
    """As much of the map at *path* as can be read, and every problem: never a MapError.

    Raises:
        OSError: the file cannot be read.
    """
    return read_bytes(Path(path).read_bytes(), os.fspath(path))


def read_bytes(data: bytes, name: str) -> Reading:
    """As `read`, from the bytes of a text called *name*."""
    text, problems = decode(name, data)
    if text is None:
        return Reading(Debate(), problems)
    reading = formats.read(text, fetch)
    return Reading(reading.debate, (*problems, *reading.problems), reading.texts)


def fetch(name: str, beside: str) -> Text:
    """The text of the file that the text called *beside* knows as *name*.

    Raises:
        NotFetched: it is not there, or is no text.
    """
    if Path(name).is_absolute():
        raise NotFetched(f"{name!r} is an absolute path, and would not be found elsewhere")
    path = Path(name) if beside in ("<stdin>", "<string>") else Path(beside).parent / name
    path = Path(os.path.normpath(path))
    try:
        data = path.read_bytes()
    except ValueError:
        raise NotFetched(f"{name!r} is no name of a file") from None
    except FileNotFoundError:
        there = sorted(p.name for p in path.parent.glob("*")) if path.parent.is_dir() else []
        near = guesses(path.name, there)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        raise NotFetched(f"there is no file {name!r}{hint}") from None
    except OSError as e:
        why = "is a folder" if e.errno == errno.EISDIR else f"cannot be read: {_why(e)}"
        raise NotFetched(f"{name!r} {why}") from None
    text, problems = decode(str(path), data)
    if text is None:
        raise NotFetched(f"{name!r}: {problems[0].message}")
    return text


def _sound(reading: Reading) -> Map:
    """The map, unless there are errors."""
    if reading.failed:
        raise MapError(reading.problems, reading.texts)
    return Map(reading.debate, reading.problems, reading.texts)
