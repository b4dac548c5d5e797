"""What commands that draw share: options for what is shown and how, and writing it to files."""

from __future__ import annotations

import contextlib
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

import click
from attrs import field, frozen

from argmap.cli import files, settings

if TYPE_CHECKING:
    from argmap.api import Document, Map
    from argmap.formats import Fetch
    from argmap.model import Debate

_Command = TypeVar("_Command", bound=Callable[..., Any])

_LOOK = ("layout", "direction", "card_width", "size")
_WHOLE = (
    *("json", "argdown", "argdown-svg", "argdown-dot", "argdown-html", "argdown-json"),
    "graphml",
)
_AS_ARGDOWN = ("argdown-svg", "argdown-dot", "graphml", "argdown-html", "argdown-json")
_PICTURES = ("svg", "png", "pdf", "html")  # of a document, also md
_COUNTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "theme": _PICTURES,
        "no_sources": _PICTURES,
        "card_width": _PICTURES,
        "layout": _PICTURES,
        "size": _PICTURES,
        "direction": (*_PICTURES, "dot", "mmd"),
        "scale": ("png",),
        "tiles": ("pdf",),
        "pages": ("pdf",),
        "columns": ("txt",),
        "ascii": ("txt",),
    }
)
"""For which formats an option counts, where not for all."""
_LEFT_OUT = (None, False, "", "auto", "whole")  # what these options are if they are not given


def _formats(_: click.Context, __: click.Parameter, incomplete: str) -> list[str]:
    """What a shell offers after ``--format``."""
    from argmap import api

    return [name for name in api.WRITERS if name.startswith(incomplete)]


def _debate(context: click.Context) -> Debate | None:
    """The debate that is asked for, if it can be read at all."""
    from argmap import api
    from argmap.errors import ArgmapError

    named = context.params.get("file") or next(iter(context.args), "")  # click may stop before it
    try:
        return api.read(named).debate if named else None
    except (ArgmapError, OSError, ValueError):
        return None


def _values(context: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """What a shell offers after ``--only``: what to choose by, then what the map has of it."""
    from argmap import api
    from argmap.model import Debate

    what, equals, rest = incomplete.partition("=")
    if not equals:
        return [f"{w}=" for w in api.values(Debate()) if w.startswith(what)]
    known = api.values(_debate(context) or Debate()).get(what, ())
    return [f"{what}={v}" for v in known if v.startswith(rest)]


def _titles(context: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """What a shell offers after ``--focus``."""
    from argmap.model import is_made_up

    debate = _debate(context)
    titles = [t.ref.title for t in debate.things] if debate else []
    return [t for t in titles if t.startswith(incomplete) and not is_made_up(t)]


_DRAWING = (
    click.option(
        "--layout",
        type=click.Choice(["auto", "tree", "columns", "dot"]),
        default="auto",
        help="A tree; columns, for many cards; or Graphviz, with every link drawn. "
        "[default: what gives the largest type]",
    ),
    click.option(
        "--direction",
        type=click.Choice(["auto", "down", "right"]),
        default="auto",
        help="Where reasons stand: below a claim, or to its right.",
    ),
    click.option(
        "--width",
        "card_width",
        type=click.FloatRange(140, 600),
        metavar="POINTS",
        help="How wide cards are. [default: what gives the largest type]",
    ),
    click.option(
        "--size",
        default="",
        metavar="SIZE",
        help="What the picture is read on: a4, a3, letter, 1280x720, 297x210mm; a .png or .pdf "
        "is exactly so large. [default: 1920x1080; of a .pdf, a4]",
    ),
    click.option("--no-sources", is_flag=True, help="Do not print on cards where a claim stands."),
    files.themed,
    click.option("--depth", type=click.IntRange(1), help="How many levels are shown."),
    click.option(
        "--focus",
        default="",
        metavar="TITLE",
        shell_complete=_titles,
        help="Show one claim, what stands above and below it, and what it is linked with. TITLE "
        "is as for `argmap show`; with --depth, so many levels below it.",
    ),
    click.option(
        "--only",
        multiple=True,
        metavar="WHAT=VALUE",
        shell_complete=_values,
        help="Show what fits, with what it bears on: author=Rumer, voice=hedged, kind=objection, "
        "tag=trade, section=Trade, issue=Trade; links=cross for the links between authors. May be "
        "given again: of one kind, either may fit, of two, both must.",
    ),
    click.option(
        "--group",
        type=click.Choice(["author", "issue", "section"]),
        default=None,
        help="Frame what belongs together.",
    ),
)
_WRITING = (
    click.option(
        "-o",
        "--output",
        "outputs",
        multiple=True,
        metavar="PATH",
        help="Write there; the suffix (.svg .png .pdf .html .md .mmd .txt .csv .bib .json .dot "
        ".graphml .argdown) chooses what. May be given again.",
    ),
    click.option(
        "--format",
        metavar="NAME",
        shell_complete=_formats,
        help="What to write, whatever the suffix is; also csl-json. As Argdown's own tools do: "
        "argdown-svg, argdown-dot, argdown-html, argdown-json.",
    ),
    *_DRAWING,
    click.option(
        "--scale",
        type=click.FloatRange(0.05, 20),
        metavar="FACTOR",
        help="How many pixels of a .png are a point of the picture. [default: 2; with --size, 1]",
    ),
    click.option(
        "--tiles",
        default="",
        metavar="COLSxROWS",
        help="Spread a .pdf over so many sheets, as in 2x1; auto takes as few as can be read.",
    ),
    click.option(
        "--pages",
        type=click.Choice(["whole", "branches"]),
        default="whole",
        help="Whether a .pdf has one page, or one for every branch after an overview.",
    ),
    click.option(
        "--columns",
        type=click.IntRange(20),
        help="How wide the outline is. [default: the terminal]",
    ),
    click.option("--ascii", is_flag=True, help="Draw the outline without Unicode lines."),
    settings.options,
)


def drawing(command: _Command) -> _Command:
    """Add the options that say what is shown, and how it is drawn; `Asked.of` takes them."""
    return _with(command, _DRAWING)


def writing(command: _Command) -> _Command:
    """Add those of `drawing`, and those that say what is written where; `job` takes them."""
    return _with(command, _WRITING)


def _with(command: _Command, added: Iterable[Callable[[_Command], _Command]]) -> _Command:
    for option in reversed(tuple(added)):
        command = option(command)
    return command


@frozen
class Asked:
    """What part of a map is shown, and the look of it, as options of a command say."""

    look: dict[str, Any]
    choice: dict[str, Any]

    @classmethod
    def of(cls, options: dict[str, Any]) -> Asked:
        """Those of *options* that `drawing` has added. Raises UsageError."""
        return cls(
            {key: options[key] for key in _LOOK}
            | {"sources": not options["no_sources"], "theme": files.theme(options["theme"])},
            {
                "depth": options["depth"],
                "focus": options["focus"],
                "only": _only(options["only"]),
                "group": options["group"] or "",
            },
        )


def _only(pairs: tuple[str, ...]) -> dict[str, list[str]]:
    """What ``--only`` was given, by what it is about."""
    found: dict[str, list[str]] = {}
    for pair in pairs:
        what, equals, value = pair.partition("=")
        if not (what and equals and value):
            raise click.UsageError(f"--only takes WHAT=VALUE, as in author=Rumer, not {pair!r}")
        found.setdefault(what.strip(), []).append(value.strip())
    return found


def warning(message: str) -> str:
    """*message*, as a command says it."""
    return f"argmap: warning: {message}"


@frozen
class Job:
    """What is written of the map in *file*: each path with its format, and how."""

    file: str
    kinds: tuple[tuple[str, str], ...]
    asked: Asked
    columns: int | None = None
    ascii: bool = False
    config: str | None = None
    sets: tuple[str, ...] = field(default=())
    scale: float | None = None
    tiles: str = ""
    pages: str = "whole"

    @property
    def paths(self) -> tuple[str, ...]:
        """The files that are written."""
        return tuple(path for path, _ in self.kinds if path != "-")

    @property
    def _of_document(self) -> bool:
        """Whether anything is written of a whole Markdown document."""
        from argmap import api

        return api.is_document(self.file) and any(kind in api.WHOLE for _, kind in self.kinds)

    def draw(
        self,
        *,
        say: Callable[[str], object] = files.say,
        fetch: Fetch | None = None,
        apart: Callable[[], Iterable[str]] = tuple,
    ) -> bool:
        """Read the file and write all that is asked for; not if it has errors, which *say* hears.

        *fetch* gives the texts that the map names. What *apart* gives once they are read is not
        written to, nor is any of them.
        """
        from argmap import api

        fetch = fetch or api.fetch
        document = loaded = None
        told = set[str]()

        def tell(message: str) -> None:
            """Say so, once for all outputs."""
            if message not in told:
                told.add(message)
                say(warning(message))

        asked = self.asked.look | {"tell": tell}
        if self._of_document:
            document = files.document(self.file, fetch)
            files.show(document, say)
            if document.failed:
                return False
            document = document.showing(**self.asked.choice)
        if document is None or any(kind not in api.WHOLE for _, kind in self.kinds):
            reading = files.read(self.file, fetch)
            if document is None or reading.failed:
                files.show(reading, say)
            if reading.failed:
                return False
            whole = api.Map(reading.debate, reading.problems, reading.texts)
            loaded = whole.showing(**self.asked.choice)
            if any(kind in _AS_ARGDOWN for _, kind in self.kinds):
                asked["settings"] = settings.chosen(
                    reading.debate, self.file, self.config, self.sets
                )
        read = [t.name for source in (document, loaded) if source for t in source.texts]
        for path in self.paths:
            api.check_apart(Path(path), (*read, *apart()))
        for path, kind in self.kinds:
            self._write(path, kind, document, loaded, self._options(kind, asked, path))
        return True

    def _write(
        self,
        path: str,
        kind: str,
        document: Document | None,
        loaded: Map | None,
        options: dict[str, Any],
    ) -> None:
        from argmap import api

        if document and kind in api.WHOLE:
            if path != "-":
                document.render(path, format=kind, **options)
            elif kind == "txt":
                files.put(document.outline(**options))
            else:
                made = document.to_html if kind == "html" else document.to_markdown
                files.put(made(**options), exact=True)
        elif loaded and path == "-":
            files.put(api.WRITERS[kind](loaded, options), exact=kind != "txt")
        elif loaded:
            api.write_whole(Path(path), api.WRITERS[kind](loaded, options))

    def _options(self, kind: str, asked: dict[str, Any], path: str) -> dict[str, Any]:
        """What of the command's options the format *kind* takes."""
        match kind:
            case "svg" | "html" | "md":  # .md of a document: that of a map is a list
                return {key: asked[key] for key in (*self.asked.look, "tell")}
            case "png":
                look = {key: asked[key] for key in (*self.asked.look, "tell")}
                return look | {"scale": self.scale}
            case "pdf":
                look = {key: asked[key] for key in (*self.asked.look, "tell")}
                return look | {"tiles": self.tiles, "pages": self.pages}
            case "mmd":
                return {"direction": asked["direction"], "tell": asked["tell"]}
            case "argdown":
                return {"tell": asked["tell"]}
            case "argdown-svg":
                return {"settings": asked["settings"], "tell": asked["tell"]}
            case "argdown-dot" | "argdown-html" | "argdown-json" | "graphml":
                return {"settings": asked["settings"]}
            case "dot":
                return {"direction": asked["direction"]}
            case "txt":
                return self._outline(to_file=path != "-")
            case _:
                return {}

    def _outline(self, *, to_file: bool) -> dict[str, Any]:
        terminal = 80
        if sys.stdout is not None and sys.stdout.isatty():
            terminal = max(20, shutil.get_terminal_size((80, 24)).columns)
        return {
            "columns": self.columns or (80 if to_file else terminal),
            "ascii": self.ascii or not (to_file or files.takes_unicode()),
            "colour": not to_file and files.takes_colour(),
        }


def job(file: str, options: dict[str, Any]) -> Job:
    """What the *options* that `writing` has added ask for; no file is read yet. What makes no
    difference is told.

    Raises:
        click.UsageError: an option makes no sense, or a file would overwrite itself.
        UnknownFormat: nothing is written in a format that is asked for.
        CannotWrite: there is no such folder.
    """
    from argmap import api
    from argmap.errors import UnknownFormat

    format = options["format"]
    outputs = tuple({Path(path): path for path in options["outputs"]}.values())  # each once
    kind_of = api.document_format_of if api.is_document(file) else api.format_of
    kinds = tuple(
        (path, kind_of(Path(path), format or ("txt" if path == "-" else "")))
        for path in outputs or ("-",)
    )
    for path, kind in kinds:
        api.ready(kind)
        if path == "-" and kind in api.BINARY and sys.stdout is not None and sys.stdout.isatty():
            raise click.UsageError(
                f"{kind.upper()} is not for a terminal: write it with -o map.{kind}, or send it on "
                "with >"
            )
    for path in outputs:
        if path != "-":
            api.check_folder(Path(path))
            if all(Path(p).exists() for p in (file, path)) and Path(path).samefile(file):
                what = "document" if api.is_document(file) else "map"
                raise click.UsageError(f"{path} is the {what} itself; write to another file")
    asked = Asked.of(options)
    whole = dict.fromkeys(kind for _, kind in kinds if kind in _WHOLE)
    if whole and any(asked.choice.values()):
        holds = "holds" if len(whole) == 1 else "hold"
        files.say(warning(f"{', '.join(whole)} {holds} the whole map"))
    config, sets = options["config"], options["sets"]
    if (sets or config) and all(kind not in _AS_ARGDOWN for _, kind in kinds):
        files.say(warning(f"--set and --config count for {', '.join(_AS_ARGDOWN)} only"))
    for said in _in_vain(options, {kind for _, kind in kinds}, of_document=api.is_document(file)):
        files.say(warning(said))
    for path, kind in kinds if format else ():
        with contextlib.suppress(UnknownFormat):
            if path != "-" and kind_of(Path(path)) != kind.rpartition("-")[2]:
                files.say(warning(f"{path} is written as {kind}, whatever its name says"))
    return Job(
        file,
        kinds,
        asked,
        options["columns"],
        options["ascii"],
        config,
        sets,
        options["scale"],
        options["tiles"],
        options["pages"],
    )


def _in_vain(options: dict[str, Any], kinds: set[str], *, of_document: bool) -> Iterator[str]:
    """Which of *options* count for none of the *kinds* that are written, and for which they do."""
    for option, formats in _COUNTS.items():
        drawn = formats[: len(_PICTURES)] == _PICTURES
        known = (*formats, "md") if drawn and of_document else formats
        if options[option] in _LEFT_OUT or not kinds.isdisjoint(known):
            continue
        named = "--width" if option == "card_width" else f"--{option.replace('_', '-')}"
        if drawn:
            pictures = " ".join(f".{kind}" for kind in known)
            yield f"{named} counts for pictures only: {pictures}"
        else:
            yield f"{named} counts for .{formats[0]} only"
