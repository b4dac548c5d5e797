"""A Markdown document and the maps in it."""

from __future__ import annotations

import os
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from attrs import evolve, field, frozen

from argmap.api.files import check_folder, write_whole
from argmap.api.map import WRITERS, Map, Tell, doubts, format_of, tell_nobody
from argmap.errors import BadValue, CannotWrite, MapError, UnknownName
from argmap.formats import markdown
from argmap.text import Problem, Severity, Text

if TYPE_CHECKING:
    from argmap.render.document import Figure

WHOLE = ("html", "md", "txt")
"""The formats that a Markdown document with any number of maps is written in."""

_TELLING = ("svg", "png", "pdf", "mmd", "argdown", "argdown-svg")
"""Those formats of one map that may not have all that was asked for."""

_DOCUMENTS = MappingProxyType({"htm": "html", "markdown": "md", "text": "txt"})


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

    def showing(self, **choice: Any) -> Document:
        """The same document, of whose maps a part is shown, as `Map.showing` says.

        A map that has nothing of what is asked for stays whole, unless no map has any of it.

        Raises:
            UnknownName: no map has such a claim, author, tag and so on.
            BadValue: there is no such depth, or nothing fits in any map.
        """
        shown: list[Map] = []
        refused: list[UnknownName | BadValue] = []
        for m in self.maps:
            try:
                shown.append(m.showing(**choice))
            except (UnknownName, BadValue) as e:
                refused.append(e)
                shown.append(m)
        if refused and len(refused) == len(shown):
            raise next((e for e in refused if getattr(e, "guesses", ())), refused[0])
        return evolve(self, maps=tuple(shown))

    def outline(self, **options: Any) -> str:
        """The outlines of all maps, as `Map.outline` gives them, each under its title or number."""
        parts = []
        for n, (m, fence) in enumerate(zip(self.maps, self._fences, strict=True), 1):
            head = "" if m.debate.title else f"map {n} (line {fence.line})\n\n"
            parts.append(head + m.outline(**options))
        return "\n".join(parts)

    def to_html(self, *, tell: Tell = tell_nobody, **options: Any) -> str:
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

    def to_markdown(self, *, tell: Tell = tell_nobody, **options: Any) -> str:
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
        tell: Tell = tell_nobody,
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
        made: dict[Path, str | bytes] = {}
        match kind:
            case "html":
                made[path] = self.to_html(tell=tell, **options)
            case "md":
                made.update(self._with_pictures(path, options, tell))
            case "txt":
                made[path] = self.outline(**options)
            case _:
                heard = {"tell": tell} if kind in _TELLING else {}
                made[path] = WRITERS[kind](self.only(), {**options, **heard})
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
        how = dict(options)
        theme = how.pop("theme", "auto")
        figures = []
        told: dict[str, None] = {}
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
            told.update(dict.fromkeys(doubts(drawing)))
        for warning in told:
            tell(warning)
        return figures

    def __repr__(self) -> str:
        n = len(self.maps)
        return f"<Document {self.text.name!r}: {n} map{'' if n == 1 else 's'}>"


def document_format_of(path: Path, format: str = "") -> str:
    """As `format_of`, for a document: one of `WHOLE`, or a format that holds a single map."""
    asked = (format or path.suffix[1:]).lower()
    asked = _DOCUMENTS.get(asked, asked)
    return asked if asked in WHOLE else format_of(path, format)
