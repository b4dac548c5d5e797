"""A map as loaded, and everything that can be made of it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Unpack, cast, get_args

from attrs import evolve, field, frozen

from argmap import formats, model
from argmap.api.files import beside_of, fetch, write_whole
from argmap.errors import BadValue, NothingToWrite, UnknownFormat, UnknownName, guesses
from argmap.formats import NotFetched, markdown
from argmap.model import Debate
from argmap.text import Problem, Text
from argmap.view.choice import WHOLE, Choice

if TYPE_CHECKING:
    import networkx
    import pandas

    from argmap.graph import Explanation, Graph
    from argmap.layout import Drawing, Look, Toward
    from argmap.provenance.findings import Provenance
    from argmap.render.pdf import Pages
    from argmap.render.theme import Theme
    from argmap.settings import DotSettings, Settings
    from argmap.view import View
    from argmap.view.choice import Grouping

Tell = Callable[[str], object]

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def tell_nobody(warning: str) -> None:
    """What a picture could not have matters to those who ask."""


@frozen(repr=False)
class Map:
    """A debate, the texts it was read from, and what was doubtful in them."""

    debate: Debate
    problems: tuple[Problem, ...] = field(default=(), repr=False)
    texts: tuple[Text, ...] = field(default=(), repr=False)
    choice: Choice = field(default=WHOLE, repr=False)

    def showing(
        self,
        *,
        depth: int | None = None,
        focus: str = "",
        only: Mapping[str, str | Iterable[str]] = MappingProxyType({}),
        group: Grouping = "",
    ) -> Map:
        """The same map, of which pictures and outlines show a part; numbers stay as they are.

        *depth* is how many levels; *focus* the title or number of a claim, which is shown with
        what it is joined with; *only* what cards must fit: ``author``, ``voice``, ``kind``,
        ``tag``, ``section``, ``issue``, each with one value or several, and ``links``, which is
        ``cross`` for the links between authors. *group* frames cards by ``author``, ``issue`` or
        ``section``.

        Raises:
            UnknownName: there is no such claim, author, tag and so on.
            BadValue: there is no such depth.
        """
        from argmap.view import view

        pairs = tuple(
            (what, value)
            for what, values in only.items()
            for value in ([values] if isinstance(values, str) else values)
        )
        chosen = evolve(self, choice=Choice(depth, focus, cast("Any", pairs), group))
        view(self.debate, chosen.choice)  # what it cannot show is said now
        return chosen

    def view(self) -> View:
        """The cards that are shown, in reading order, and the inferences between them."""
        from argmap.view import view

        return view(self.debate, self.choice)

    def outline(
        self,
        *,
        columns: int = 80,
        depth: int | None = None,
        ascii: bool = False,
        colour: bool = False,
    ) -> str:
        """The map as indented text, at most *columns* wide, *depth* levels deep.

        Raises:
            BadValue: there is no such depth or width.
        """
        if columns < 20 or (depth is not None and depth < 1):
            raise BadValue("an outline has 20 columns or more, and 1 level or more")
        from argmap.render.outline import outline
        from argmap.view import view

        choice = self.choice if depth is None else evolve(self.choice, depth=depth)
        seen = view(self.debate, choice)
        return outline(seen, columns=columns, ascii=ascii, colour=colour)

    def draw(self, **look: Unpack[Look]) -> Drawing:
        """Where everything of a picture stands. Its ``warnings`` say what could not be had."""
        from argmap.layout import arrange

        return arrange(self.view(), **look)

    def to_svg(
        self, *, theme: str | Theme = "auto", tell: Tell = tell_nobody, **look: Unpack[Look]
    ) -> str:
        """The map as an SVG picture.

        *theme* is ``light``, ``dark``, ``print`` (black and white), ``auto`` (as the reader's
        screen is set), or what `load_theme` gives; *look* is how it is laid out, as `Look` says.
        *tell* hears what the picture could not have.
        """
        from argmap.render.svg import svg

        drawing = self.draw(**look)
        for warning in doubts(drawing):
            tell(warning)
        return svg(drawing, theme=theme)

    def to_html(
        self, *, theme: str | Theme = "auto", tell: Tell = tell_nobody, **look: Unpack[Look]
    ) -> str:
        """The map as one page of HTML: its picture, and the same in words, with the sources.

        The options are those of `to_svg`. The page loads nothing. Its language is that of ``lang``
        in the frontmatter.
        """
        from argmap.render.page import page

        untitled = evolve(self, debate=evolve(self.debate, title=""))  # the page says it
        drawing = untitled.draw(**look)
        for warning in drawing.warnings:
            tell(warning)
        return page(drawing, self.view(), theme=theme, language=self.language)

    @property
    def language(self) -> str:
        """The language of its words, as ``lang`` in the frontmatter names it; ``en`` unless so."""
        language = self.debate.data.get("lang")
        known = isinstance(language, str) and _LANGUAGE.fullmatch(language)
        return str(language) if known else "en"

    def to_png(
        self,
        *,
        scale: float | None = None,
        theme: str | Theme = "auto",
        tell: Tell = tell_nobody,
        **look: Unpack[Look],
    ) -> bytes:
        """The map as a PNG picture, in *scale* pixels for each point: 2 unless given.

        With a ``size`` it is exactly that large, and the map stands in its middle: so many pixels
        as a screen has, or 300 for each inch of paper, times *scale*. ``auto`` is the light theme.
        The other options are those of `to_svg`; *tell* also hears of characters that no font has.

        Raises:
            BadValue: nothing is drawn at such a scale.
        """
        from argmap.layout.size import size_of
        from argmap.render.png import png

        name = look.get("size", "")
        made = self.to_svg(theme=_still(theme), tell=tell, **look)
        return png(made, tell, scale=scale, size=size_of(name) if name else None)

    def to_pdf(
        self,
        *,
        tiles: str = "",
        pages: Pages = "whole",
        theme: str | Theme = "auto",
        tell: Tell = tell_nobody,
        **look: Unpack[Look],
    ) -> bytes:
        """The map as PDF, on a sheet of A4 or of the ``size`` that is given, whichever way round
        gives the larger picture. Its text can be selected and searched.

        With *tiles*, as ``2x1``, it is a poster of so many columns and rows of sheets; ``auto``
        takes the fewest on which it can be read. With ``branches`` for *pages*, what is two levels
        deep comes first, and then every branch on a page of its own. The other options are those
        of `to_svg`; *tell* also hears of type too small to read, and of characters without a font.

        Raises:
            MissingExtra: the extra ``argmap[pdf]`` is not installed.
            BadValue: there is no such size or poster.
            UnknownName: there are no such pages.
        """
        from argmap.api.printing import printed

        return printed(self, tiles, pages, _still(theme), tell, look)

    def to_mermaid(self, *, direction: Toward = "auto", tell: Tell = tell_nobody) -> str:
        """The map as a flowchart of Mermaid, which GitHub and many wikis draw in a page.

        *tell* hears where it is larger than they may draw.
        """
        from argmap.layout import Toward
        from argmap.render.mermaid import mermaid

        if direction not in get_args(Toward):
            raise UnknownName("direction", direction, get_args(Toward), few=True)
        return mermaid(self.view(), tell, down=direction != "right")

    def to_markdown(self) -> str:
        """The map as a nested list in Markdown, with its questions and sources."""
        from argmap.render.markdown import markdown

        return markdown(self.view())

    def to_csv(self) -> str:
        """The map as a table: a line of names, then one line for each card, in reading order."""
        from argmap.render.table import table

        return table(self.debate, self.view())

    def to_networkx(self) -> networkx.MultiDiGraph[str]:
        """The map as a directed graph of networkx, to count paths and centres in.

        A claim is a node under its number, with its ``text``, ``title``, ``speaker`` and so on. A
        step of several premises, or one that is undercut, is a node too: its ``kind`` is
        ``inference``. The ``kind`` of an edge says how one bears on the other.

        Raises:
            MissingExtra: the extra ``argmap[networkx]`` is not installed.
        """
        from argmap.render.network import network

        return network(self.debate, self.view())

    def to_pandas(self, table: str = "claims") -> pandas.DataFrame:
        """The map as a table of pandas: one row for each claim, with the columns of `to_csv`; or,
        of ``links``, one row for each way one bears on another.

        Raises:
            MissingExtra: the extra ``argmap[pandas]`` is not installed.
            UnknownName: there is no such table.
        """
        from argmap.render.dataframe import dataframe

        return dataframe(self.debate, self.view(), table)

    def to_bibtex(self) -> str:
        """The sources that the map cites, for BibTeX and biblatex.

        Raises:
            NothingToWrite: it cites none.
        """
        from argmap.render.bibliography import bibtex

        made = bibtex(self.view().sources)
        if not made:
            raise NothingToWrite(
                "this map cites no source, so there is no bibliography to write; "
                "name one under source: in its frontmatter, or in the braces of a claim"
            )
        return made

    def to_csl_json(self) -> str:
        """The sources that the map cites, as CSL-JSON for Zotero, Pandoc and other programs.

        The list is empty if it cites none.
        """
        from argmap.render.bibliography import csl_json

        return csl_json(self.view().sources)

    def to_dot(self, *, direction: Toward = "auto") -> str:
        """The map in the DOT language, to go on in any Graphviz."""
        from argmap.layout import Toward
        from argmap.render.dot import dot

        if direction not in get_args(Toward):
            raise UnknownName("direction", direction, get_args(Toward), few=True)
        return dot(self.view(), down=direction != "right")

    def to_json(self) -> str:
        """The whole debate, nothing lost but the places in its texts."""
        from argmap.formats import json

        return json.write(self.debate)

    def to_argdown(self, *, tell: Tell = tell_nobody) -> str:
        """The map as an Argdown text, which reads back as this map.

        *tell* hears of what Argdown cannot hold, in a sentence each.
        """
        from argmap.formats.argdown.write import write

        written = write(self.debate)
        for loss in written.losses:
            tell(loss)
        return written.body

    def provenance(self, *folders: str | os.PathLike[str]) -> Provenance:
        """Every quotation held against the text it is from; the texts are in *folders*.

        Raises:
            NotADirectoryError: one of them is no folder.
        """
        from argmap.api.texts import shelf
        from argmap.provenance.check import provenance

        return provenance(self.debate, shelf(folders))

    def explain(self, title: str, *, settings: Settings | None = None) -> Explanation:
        """Why the claim or argument called *title* is in the map that Argdown's own tools make, or
        is not, and what to write to change that.

        Raises:
            UnknownName: nothing has that title.
        """
        from argmap.graph import explain
        from argmap.settings import settings as set_in

        return explain(self.debate, settings or set_in(self.debate.front), title)

    def to_argdown_dot(self, *, settings: Settings | None = None) -> str:
        """The map in the DOT language, as Argdown's own tools draw it.

        *settings* are those of its frontmatter unless given; so for all that follow.
        """
        from argmap.render.argdown.dot import dot

        return dot(*self._graph(settings))

    def to_argdown_svg(self, *, settings: Settings | None = None, tell: Tell = tell_nobody) -> str:
        """The map as Argdown's own tools draw it, by Graphviz.

        If that fails, it is drawn as `to_svg` does, and *tell* hears why.
        """
        from argmap.layout.engine import LayoutFailed
        from argmap.render.argdown.svg import svg

        graph, look = self._graph(settings)
        if not graph.nodes and self.debate.things:
            tell("nothing is left in this map by its settings; `argmap explain` says why")
        try:
            return svg(graph, look)
        except LayoutFailed as e:
            tell(f"{e}; the map is drawn as a tree instead")
            return self.to_svg(layout="tree")

    def to_graphml(self, *, settings: Settings | None = None) -> str:
        """The map as GraphML, for yEd and programs like it.

        Every box also has its kind, title, text, author and tags, and every arrow its kind, as
        plain data.
        """
        from argmap.render.argdown.graphml import graphml

        authors = {
            thing.ref: model.credit(said).whole
            for thing in self.debate.things
            if (said := model.prevailing(thing.wordings))
        }
        return graphml(self._graph(settings)[0], authors)

    def to_argdown_html(self, *, settings: Settings | None = None) -> str:
        """The text of the map as a page with anchors, after all that it includes.

        What was not read from a file of Argdown is written in Argdown first.
        """
        from argmap.formats.argdown.include import woven
        from argmap.formats.argdown.parse import parse
        from argmap.render.argdown.html import argdown_html
        from argmap.settings import settings as set_in
        from argmap.text import Problems

        source, debate = self, self.debate
        if not self._is_argdown:
            from argmap.formats.argdown.write import write

            text = Text("map.argdown", write(debate).body)
            source = Map(formats.read(text, fetch).debate, (), (text,))
            debate = source.debate
        problems = Problems()  # all that is wrong was told when the map was read
        whole, _ = woven(source.texts[0], source._fetch, problems)
        settings = settings or set_in(debate.front)
        return argdown_html(parse(whole, problems), debate, settings, source.texts)

    def to_argdown_json(self, *, settings: Settings | None = None) -> str:
        """The map in the shape of ``argdown json``, for programs that read that."""
        from argmap.render.argdown.json import argdown_json
        from argmap.settings import settings as set_in

        return argdown_json(self.debate, settings or set_in(self.debate.front), self.texts)

    def _graph(self, settings: Settings | None) -> tuple[Graph, DotSettings]:
        from argmap.graph import graph
        from argmap.settings import settings as set_in

        settings = settings or set_in(self.debate.front)
        return graph(self.debate, settings), settings.dot

    @property
    def _is_argdown(self) -> bool:
        """Whether it was read from a text that is Argdown and nothing else."""
        if not self.texts:
            return False
        text = self.texts[0]
        return not markdown.is_markdown(text.name) and not formats.is_json(text.body)

    def _fetch(self, name: str, beside: str) -> Text:
        """As `fetch`, of the texts that the map was read from."""
        path = beside_of(name, beside)
        for text in self.texts:
            if text.name == str(path):
                return text
        raise NotFetched(f"{name!r} was not read")

    def render(self, path: str | os.PathLike[str], *, format: str = "", **options: Any) -> Path:
        """Write the map to *path*; its suffix, or *format*, chooses what is written.

        *options* are those of the method that writes it, such as `to_svg` or `outline`.
        The file is there whole or not at all.

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


Writer = Callable[[Map, dict[str, Any]], str | bytes]

WRITERS: Mapping[str, Writer] = MappingProxyType(
    {
        "svg": lambda m, options: m.to_svg(**options),
        "png": lambda m, options: m.to_png(**options),
        "pdf": lambda m, options: m.to_pdf(**options),
        "html": lambda m, options: m.to_html(**options),
        "md": lambda m, _: m.to_markdown(),
        "dot": lambda m, options: m.to_dot(**options),
        "mmd": lambda m, options: m.to_mermaid(**options),
        "json": lambda m, options: m.to_json(**options),
        "txt": lambda m, options: m.outline(**options),
        "csv": lambda m, options: m.to_csv(**options),
        "bib": lambda m, options: m.to_bibtex(**options),
        "argdown": lambda m, options: m.to_argdown(**options),
        "graphml": lambda m, options: m.to_graphml(**options),
        "argdown-dot": lambda m, options: m.to_argdown_dot(**options),
        "argdown-svg": lambda m, options: m.to_argdown_svg(**options),
        "argdown-html": lambda m, options: m.to_argdown_html(**options),
        "argdown-json": lambda m, options: m.to_argdown_json(**options),
        "csl-json": lambda m, options: m.to_csl_json(**options),
    }
)
"""What `Map.render` writes, by format. A suffix chooses only among those of one word."""

BINARY = frozenset(("png", "pdf"))
"""Those of them that are not text."""

_SUFFIXES = MappingProxyType(
    {
        "gv": "dot",
        "text": "txt",
        "htm": "html",
        "markdown": "md",
        "bibtex": "bib",
        "mermaid": "mmd",
    }
)


def debate_of(given: Map | Debate) -> Debate:
    """The debate of a map, or *given* itself if it is one.

    Raises:
        BadValue: it is neither.
    """
    if isinstance(given, Map):
        return given.debate
    if isinstance(given, Debate):
        return given
    if isinstance(given, str | os.PathLike):
        raise BadValue(f"this takes a map, not the name of one: argmap.load({str(given)!r})")
    raise BadValue(f"this takes a map, as argmap.load(…) gives one, and not {type(given).__name__}")


def doubts(drawing: Drawing) -> tuple[str, ...]:
    """What could not be had, and what helps if the type is too small where it cannot be zoomed."""
    return (*drawing.warnings, *([drawing.advice] if drawing.advice else []))


def _still(theme: str | Theme) -> str | Theme:
    """The theme of a picture that no reader's screen can change."""
    return "light" if theme == "auto" else theme


def ready(format: str) -> None:
    """Make sure that what writes *format* is installed, before any work is done.

    Raises:
        MissingExtra: with what adds it.
    """
    if format == "pdf":
        from argmap.render import pdf

        pdf.ready()
    elif format == "png":
        from argmap.render import png

        png.ready()


def format_of(path: Path, format: str = "") -> str:
    """The format to write to *path*: *format* if it is given, else by the suffix.

    Raises:
        UnknownFormat: with the formats there are, and the nearest.
    """
    asked = (format or path.suffix[1:]).lower()
    asked = _SUFFIXES.get(asked, asked)
    suffixes = [name for name in WRITERS if "-" not in name]
    if asked in (WRITERS if format else suffixes):
        return asked
    known = ", ".join(f".{name}" for name in suffixes)
    if not asked:
        raise UnknownFormat(f"{path} has no suffix to say what to write: give it one of {known}")
    near = guesses(asked, WRITERS if format else suffixes)
    more = f"did you mean .{near[0]}?" if near else f"it writes {known}"
    if format and "-" in asked:
        named = [name for name in WRITERS if "-" in name]
        more = f"by name it writes {', '.join(named)}"
        raise UnknownFormat(f"argmap does not write {asked}; {more}")
    if asked in ("jpg", "jpeg", "gif", "webp", "bmp", "tif", "tiff"):
        more = "write .png, which keeps lines and letters sharp"
    if asked in ("eps", "ps", "emf", "wmf", "ai"):
        more = "write .svg or .pdf, which other programs convert"
    if asked in ("xlsx", "xls", "ods", "tsv"):
        more = "write .csv, which every spreadsheet imports"
    raise UnknownFormat(f"argmap does not write .{asked}; {more}")


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
    <BLANKLINE>
    Ana Keller
    """

    def map(self) -> Map:
        """The debate so far, with what is doubtful in it."""
        from argmap.model import check

        debate = self.build()
        return Map(debate, check.problems(debate))
