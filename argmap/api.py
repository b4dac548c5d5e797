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
from urllib.parse import quote

from attrs import evolve, field, frozen

from argmap import formats, model
from argmap.errors import BadValue, CannotWrite, MapError, UnknownFormat, UnknownName, guesses
from argmap.formats import NotFetched, Reading, markdown
from argmap.model import Debate
from argmap.text import Problem, Severity, Text, decode

if TYPE_CHECKING:
    from argmap.layout import Drawing, Layout, Toward
    from argmap.render.document import Figure

_FEW = 9  # numbers of maps that a message lists


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


Tell = Callable[[str], object]


def _tell_nobody(warning: str) -> None:
    """What a picture could not have matters to those who ask."""


@frozen(repr=False)
class Document:
    """A Markdown text, the maps in it, as far as they could be read, and what is wrong."""

    text: Text = field(repr=False)
    maps: tuple[Map, ...] = ()
    problems: tuple[Problem, ...] = field(default=(), repr=False)
    _fences: tuple[markdown.Fence, ...] = field(default=(), repr=False)
    _mark: str = field(default="", repr=False)

    @property
    def failed(self) -> bool:
        """Whether any problem is an error."""
        return any(p.severity is Severity.ERROR for p in self.problems)

    @property
    def texts(self) -> tuple[Text, ...]:
        """The document, then the other texts that its maps were read from."""
        found = {t.name: t for m in self.maps for t in m.texts}
        return (self.text, *(t for t in found.values() if t.name != self.text.name))

    def only(self) -> Map:
        """The map in it, where there is one.

        Raises:
            MapError: there is none, or several; or it has errors.
        """
        if len(self.maps) > 1:
            raise MapError((markdown.several(self.text, self._fences),), self.texts)
        if self.failed:
            raise MapError(self.problems, self.texts)
        return self.maps[0]

    def outline(self, **options: Any) -> str:
        """The outlines of all maps, as `Map.outline` gives them, each under its title or number."""
        parts = []
        for n, (m, fence) in enumerate(zip(self.maps, self._fences, strict=True), 1):
            head = "" if m.debate.title else f"map {n} (line {fence.line})\n\n"
            parts.append(head + m.outline(**options))
        return "\n".join(parts)

    def to_html(self, *, tell: Tell = _tell_nobody, **options: Any) -> str:
        """The document as one page, with every map drawn in its place.

        *options* are those of `Map.to_svg`; *tell* hears what a picture could not have. Nothing is
        loaded from elsewhere, and HTML in the document is shown as text.

        Raises:
            MapError: the document has errors.
        """
        from argmap.render.document import page

        figures = self._figures(options, tell, prefixed=True, captioned=True)
        body, title = markdown.without_front(self.text.body)
        return page(
            body,
            figures,
            title=title or Path(self.text.name).stem,
            theme=options.get("theme", "auto"),
            deepest=markdown.DEEPEST,
        )

    def to_markdown(self, *, tell: Tell = _tell_nobody, **options: Any) -> str:
        """The document with a picture, as SVG, in place of every map; all else is as it was.

        Raises:
            MapError: the document has errors.
        """
        from argmap.render.document import inline, replaced

        figures = self._figures(options, tell, prefixed=True)
        return self._mark + replaced(self.text, figures, inline)

    def render(
        self,
        path: str | os.PathLike[str],
        *,
        format: str = "",
        tell: Tell = _tell_nobody,
        **options: Any,
    ) -> tuple[Path, ...]:
        """Write the document to *path*; its suffix (.html, .md, .txt) chooses what is written.

        Beside ``notes.md``, the pictures are ``notes-1.svg`` and so on. A document with one map
        is also written as `Map.render` does. Gives every file that was written, the pictures
        first.

        Raises:
            MapError: the document has errors, and nothing is written.
            UnknownFormat: a document is not written in that format.
            CannotWrite: as `Map.render`; also where *path* is the document itself.
        """
        path = Path(path)
        kind = document_format_of(path, format)
        if path.exists() and Path(self.text.name).exists() and path.samefile(self.text.name):
            raise CannotWrite(f"cannot write {path}: it is the document itself")
        made: dict[Path, str] = {}
        match kind:
            case "html":
                made[path] = self.to_html(tell=tell, **options)
            case "md":
                made = self._with_pictures(path, options, tell)
            case "txt":
                made[path] = self.outline(**options)
            case _:
                made[path] = WRITERS[kind](self.only(), options)
        for each in made:
            check_folder(each)
        for each, body in made.items():
            write_whole(each, body)
        return tuple(made)

    def _with_pictures(self, path: Path, options: dict[str, Any], tell: Tell) -> dict[Path, str]:
        """The pictures, then the document at *path* that shows them."""
        from argmap.render.document import image, replaced

        figures = self._figures(options, tell)
        names = {f.start: f"{path.stem}-{n}.svg" for n, f in enumerate(figures, 1)}
        made = {path.with_name(names[f.start]): f.picture for f in figures}
        body = replaced(self.text, figures, lambda f: image(f, quote(names[f.start])))
        return {**made, path: self._mark + body}

    def _figures(
        self,
        options: dict[str, Any],
        tell: Tell,
        *,
        prefixed: bool = False,
        captioned: bool = False,
    ) -> list[Figure]:
        """Every map drawn; the ids in each picture are its own if they are *prefixed*."""
        from argmap.render.document import Figure
        from argmap.render.svg import svg

        if self.failed:
            raise MapError(self.problems, self.texts)
        theme = options.get("theme", "auto")
        how = {k: v for k, v in options.items() if k != "theme"}
        figures = []
        for n, (m, f) in enumerate(zip(self.maps, self._fences, strict=True), 1):
            # the page says the title, and a picture that can be moved alone says it itself
            untitled = evolve(m, debate=evolve(m.debate, title=""))
            drawing = (untitled if captioned else m).draw(**how)
            figures.append(
                Figure(
                    f.start,
                    f.stop,
                    f.line,
                    m.debate.title,
                    len([c for c in drawing.view.cards if not c.sees]),
                    svg(drawing, theme=theme, prefix=f"m{n}-" if prefixed else ""),
                    f.text.body,
                    f.language == "argdown",
                )
            )
            for warning in drawing.warnings:
                tell(warning)
        return figures

    def __repr__(self) -> str:
        n = len(self.maps)
        return f"<Document {self.text.name!r}: {n} map{'' if n == 1 else 's'}>"


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
WHOLE = ("html", "md", "txt")
"""The formats that a Markdown document with any number of maps is written in."""

_DOCUMENTS = MappingProxyType({"htm": "html", "markdown": "md", "text": "txt"})


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


def document_format_of(path: Path, format: str = "") -> str:
    """As `format_of`, for a document: one of `WHOLE`, or a format that holds a single map."""
    asked = (format or path.suffix[1:]).lower()
    asked = _DOCUMENTS.get(asked, asked)
    return asked if asked in WHOLE else format_of(path, format)


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

    ``notes.md`` is the map in a Markdown document, ``notes.md#2`` the second of several.

    Raises:
        OSError: the file cannot be read.
        UnknownName: there is no map of that number.
    """
    name, number = numbered(path)
    data = Path(name).read_bytes()
    if not markdown.is_markdown(name):
        return read_bytes(data, name)
    text, problems = decode(name, data)
    if text is None:
        return Reading(Debate(), problems)
    fences, doubts = markdown.fences(text)
    if number is not None:
        known = [f"#{n}" for n in range(1, len(fences) + 1)]
        if f"#{number}" not in known:
            raise UnknownName(f"map in {name}", f"#{number}", known[:_FEW], few=True)
        fences = fences[number - 1 : number]
    reading = markdown.one(text, fences, fetch)
    here = {f.opening for f in fences}
    doubts = tuple(p for p in doubts if p.code == "AM122" or p.span in here)
    return evolve(reading, problems=(*problems, *doubts, *reading.problems))


def read_document(path: str | os.PathLike[str]) -> Document:
    """The Markdown document at *path* and all maps in it, as far as they can be read.

    Raises:
        OSError: the file cannot be read.
    """
    name = os.fspath(path)
    data = Path(path).read_bytes()
    text, problems = decode(name, data)
    if text is None:
        return Document(Text(name, ""), (), problems)
    fences, doubts = markdown.fences(text)
    if not fences:
        doubts = (*doubts, markdown.none(text))
    readings = [markdown.read(f, fetch) for f in fences]
    maps = tuple(Map(r.debate, r.problems, r.texts) for r in readings)
    told = (p for r in (problems, doubts, *(m.problems for m in maps)) for p in r)
    mark = "\ufeff" if data.startswith(b"\xef\xbb\xbf") else ""
    return Document(text, maps, tuple(dict.fromkeys(told)), fences, mark)


def is_document(path: str | os.PathLike[str]) -> bool:
    """Whether *path* names a whole Markdown document, by its suffix."""
    return markdown.is_markdown(os.fspath(path))


def numbered(path: str | os.PathLike[str]) -> tuple[str, int | None]:
    """``notes.md#2`` as a document and the number of a map in it; any other name as it is.

    >>> numbered("notes.md#2"), numbered("notes.md"), numbered("a#2.argdown")
    (('notes.md', 2), ('notes.md', None), ('a#2.argdown', None))
    """
    name = os.fspath(path)
    document, _, number = name.rpartition("#")
    if number.isascii() and number.isdecimal() and markdown.is_markdown(document):
        return document, int(number[:9])
    return name, None


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
