"""``argmap check``: say what is wrong in maps, and where."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from attrs import define, field

from argmap.advice import RULES
from argmap.cli import files
from argmap.text import Problem, Severity, quantity

if TYPE_CHECKING:
    from argmap.api import Advise, Checked, Document, Shelf
    from argmap.formats import Reading

_MANY = 8  # files from which on a bar shows how far it got


@click.command(
    epilog="""\b
Examples:
  argmap check rumer.argdown
  argmap check --brief maps/
  argmap check --strict debate.argdown
  argmap check --texts readings maps/       is every quotation where it is said to be?
  argmap check --texts readings --fix maps/ put the places right
  argmap check --teach draft.argdown        advice for beginners
  cat rumer.argdown | argmap check -"""
)
@click.argument("names", metavar="FILES", nargs=-1, required=True)
@click.option(
    "--texts",
    "folders",
    metavar="FOLDER",
    multiple=True,
    help="Hold every quotation against the texts in FOLDER. May be given again.",
)
@click.option("--fix", is_flag=True, help="Correct places in FILES where --texts is sure of them.")
@click.option("--teach", is_flag=True, help="Add advice for beginners (docs/advice.md).")
@click.option(
    "--skip",
    "off",
    metavar="RULE",
    multiple=True,
    help="Leave a rule of --teach out, by code or name; may be given again. "
    f"There are {', '.join(f'{r.code} {r.name}' for r in RULES)}.",
)
@click.option("--brief", is_flag=True, help="One line each, as editors read it.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON, for programs.")
@click.option("--strict", is_flag=True, help="What other Argdown tools refuse is an error.")
def check(
    names: tuple[str, ...],
    folders: tuple[str, ...],
    fix: bool,
    teach: bool,
    off: tuple[str, ...],
    brief: bool,
    as_json: bool,
    strict: bool,
) -> None:
    """Say what is wrong in FILES, and where.

    Of a folder, all maps in it are taken. With --texts, every quotation is compared with the text
    it is from: .txt and .md files, and .html, .pdf and .docx with `pip install "argmap[texts]"`.

    The exit status is 0 if nothing is wrong, 1 if there are errors or warnings, 2 if a file cannot
    be read at all. Notes are shown, and are no reason to fail. A file without an error under
    --strict opens in every Argdown tool.
    """
    if fix and not folders:
        raise click.UsageError("--fix needs --texts, to see which places are wrong")
    if fix and "-" in names:
        raise click.UsageError("--fix corrects files, and standard input is none")
    if off and not teach:
        raise click.UsageError("--skip leaves out rules of --teach; give that too")
    advise = _advice(off) if teach else None
    run = _Run(files.shelf(folders), advise, off, fix, brief, as_json, strict)
    listed = files.expanded(names, run.refuse)
    bar = len(listed) > _MANY and sys.stderr is not None and sys.stderr.isatty()
    with click.progressbar(listed, label="Checking", file=sys.stderr, hidden=not bar) as each:
        for name in each:
            run.file(name)
    run.close()


def _advice(off: tuple[str, ...]) -> Advise:
    """The rules for beginners but those that are *off*. Raises UnknownName for one there is not."""
    from functools import partial

    from argmap.advice import advise
    from argmap.model import Debate

    advise(Debate(), off=off)
    return partial(advise, off=off)


@define
class _Run:
    """Checks one file after the other, prints, and counts."""

    shelf: Shelf | None
    advise: Advise | None
    off: tuple[str, ...]
    fix: bool
    brief: bool
    as_json: bool
    strict: bool
    found: Counter[Severity] = field(factory=Counter)
    stood: Counter[str] = field(factory=Counter)
    shown: set[str] = field(factory=set)
    made: list[dict[str, Any]] = field(factory=list)
    done: int = 0
    unread: int = 0

    def refuse(self, message: str) -> None:
        """Say that a file cannot be done."""
        files.say(f"argmap: {message}")
        self.unread += 1

    def file(self, name: str) -> None:
        """Check the file called *name*."""
        from argmap.errors import CannotWrite

        try:
            checked = self._checked(files.either(name))
            if self.fix and self._mended(name, checked):
                checked = self._checked(files.either(name))
        except click.UsageError as e:
            self.refuse(e.message)
            return
        except CannotWrite as e:
            self.refuse(str(e))
            return
        self.done += 1
        fresh = list(self._fresh(checked))
        self.found.update(p.severity for p in fresh)
        self.stood.update(f.standing.value for f in checked.findings)
        if self.as_json:
            shown = files.STDIN if name == "-" else name
            self.made.append({"file": shown, **checked.to_data()})

    def _checked(self, read: Reading | Document) -> Checked:
        from attrs import evolve

        from argmap import api
        from argmap.formats.argdown.strict import strictly

        checked = api.checked(read, shelf=self.shelf, advise=self.advise)
        problems = checked.problems
        if self.off:
            from argmap.advice import silenced

            silent = silenced(self.off)
            problems = tuple(p for p in problems if p.code not in silent)
        return evolve(checked, problems=strictly(problems) if self.strict else problems)

    def _mended(self, name: str, checked: Checked) -> bool:
        """Whether anything in the file was put right; each place is told."""
        from argmap import api

        path = Path(api.numbered(name)[0])
        text = next((t for t in checked.texts if t.name == str(path)), None)
        edits = api.edits(text, checked.findings) if text else ()
        if any(f.mended and f.citation.span is None for f in checked.findings):
            files.say(f"argmap: places in {name} are not corrected: it is no text of Argdown")
        if text and edits:
            api.mend(path, text, edits)
            for e in edits:
                files.say(f"{name}:{text.place(e.start)}: corrected {e.old} to {e.new}")
        return bool(edits)

    def _fresh(self, checked: Checked) -> Iterator[Problem]:
        """Print the problems that were not shown yet: those of a position are its debate's too."""
        for p in checked.problems:
            text = p.brief(checked.texts) if self.brief else p.render(checked.texts)
            if text in self.shown:
                continue
            self.shown.add(text)
            if not self.as_json:
                files.put(text + ("\n" if self.brief else "\n\n"))
            yield p

    def close(self) -> None:
        """Say what was found, in a few words, and end with the status that it calls for."""
        if self.as_json:
            import json

            whole = {"format": "argmap-check", "version": 1, "files": self.made}
            files.put(json.dumps(whole, ensure_ascii=False, indent=2) + "\n", exact=True)
        if self.done:
            files.say(self._summary())
        if self.unread:
            raise SystemExit(2)
        if self.found[Severity.ERROR] or self.found[Severity.WARNING]:
            raise SystemExit(1)

    def _summary(self) -> str:
        counts = [quantity(self.found[s], s.value) for s in Severity if self.found[s]] or [
            "no problems"
        ]
        said = f"{', '.join(counts)} in {quantity(self.done, 'file')}"
        if self.shelf is None:
            return said
        total = sum(self.stood.values())
        how = ", ".join(f"{n} {word}" for word, n in sorted(self.stood.items()))
        return f"{said}; {quantity(total, 'quotation')}{f': {how}' if how else ''}"
