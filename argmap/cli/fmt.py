"""``argmap fmt``: put Argdown texts in good order."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click
from attrs import define

from argmap.cli import files

_LINE = re.compile(r"[^\n]*\n|[^\n]+")


@click.command(
    epilog="""\b
Examples:
  argmap fmt rumer.argdown        put it in good order
  argmap fmt maps/                and every map in a folder, and in those below it
  argmap fmt --diff rumer.argdown show what would change
  argmap fmt --check maps/        is there anything to change?
  argmap fmt - < a.argdown > b.argdown"""
)
@click.argument("names", metavar="FILES", nargs=-1, required=True)
@click.option("--check", is_flag=True, help="Change nothing; name the files that would change.")
@click.option("--diff", is_flag=True, help="Change nothing; print what would change.")
def fmt(names: tuple[str, ...], check: bool, diff: bool) -> None:
    """Put the Argdown texts in FILES in good order, without a change of what they say.

    Relations are indented by two spaces for each level, one blank line stands between blocks, and
    every sign has one spelling. Comments, line breaks within a text, and the order of everything
    stay. Of a folder, all maps in it are taken (.argdown, .ad, .adown, .argdn), but none whose name
    begins with a dot. A file with errors is left as it is.

    The exit status is 0 if all went well, 1 if there are errors, or anything would change under
    --check, and 2 if a file cannot be read or written.
    """
    done = _Done(check, diff)
    for name in files.expanded(names, done.refused):
        try:
            done.file(name)
        except click.UsageError as e:
            done.refused(e.message)
    if names != ("-",) or check:
        files.say(done.summary())
    if done.status:
        raise SystemExit(done.status)


@define
class _Done:
    """Does one file after the other, and counts."""

    check: bool
    diff: bool
    changed: int = 0
    kept: int = 0
    failed: int = 0
    unread: int = 0

    def file(self, name: str) -> None:
        """Put the file called *name* in order, or show what would change."""
        from argmap import api
        from argmap.errors import CannotWrite
        from argmap.formats.argdown.format import formatted
        from argmap.text import decode, report

        shown = files.STDIN if name == "-" else name
        data = _bytes(name)
        text, problems = decode(shown, data)
        body = ""
        if text is not None:
            _argdown(name, text.body)
            body, problems = formatted(text)
        if problems:
            files.say(report(problems, (text,) if text else ()))
            self.failed += 1
            return
        alike = body.encode("utf-8") == data
        self.changed += not alike
        self.kept += alike
        if self.diff:
            files.put(_diff(data.decode("utf-8"), body, shown), exact=True)
        if self.check:
            if not alike and not self.diff:
                files.put(f"{shown}\n")
        elif name == "-" and not self.diff:
            files.put(body, exact=True)
        elif not alike and not self.diff:
            try:
                api.write_whole(Path(name), body)
            except CannotWrite as e:
                self.changed -= 1
                self.refused(str(e))
            else:
                files.say(f"changed {name}")

    def refused(self, message: str) -> None:
        """Tell why a file could not be done at all."""
        files.say(f"argmap: {message}")
        self.unread += 1

    @property
    def status(self) -> int:
        """That of the command."""
        if self.unread:
            return 2
        return 1 if self.failed or (self.check and self.changed) else 0

    def summary(self) -> str:
        """What was done, in a few words."""
        would = "would change" if self.check or self.diff else "changed"
        parts = [f"{_files(self.changed)} {would}"] if self.changed else []
        if self.kept or not (parts or self.failed or self.unread):
            parts.append(f"{_files(self.kept)} in good order")
        if self.failed:
            parts.append(f"{_files(self.failed)} with errors left as {_it(self.failed)}")
        if self.unread:
            parts.append(f"{_files(self.unread)} not done")
        return ", ".join(parts)


def _files(n: int) -> str:
    return f"{n} file{'' if n == 1 else 's'}"


def _it(n: int) -> str:
    return "it was" if n == 1 else "they were"


def _bytes(name: str) -> bytes:
    """What the file called *name* holds; ``-`` is standard input."""
    from argmap import api

    if name == "-":
        if sys.stdin is None:
            raise click.UsageError("there is no standard input to read")
        return sys.stdin.buffer.read()
    document = api.numbered(name)[0]
    if api.is_document(document):
        raise click.UsageError(
            f"{document} is a Markdown document, and maps within one are left as they are"
        )
    return files.found(Path.read_bytes, name)


def _argdown(name: str, body: str) -> None:
    """Make sure that *body* is Argdown. Raises UsageError."""
    from argmap.formats import is_json

    if is_json(body):
        shown = files.STDIN if name == "-" else name
        raise click.UsageError(f"{shown} is JSON, and this puts only Argdown in order")


def _diff(old: str, new: str, name: str) -> str:
    """What differs, line by line, as ``diff -u`` says it."""
    from difflib import unified_diff

    before, after = (_LINE.findall(body) for body in (old, new))
    lines = unified_diff(before, after, name, name)
    ended = (x if x.endswith("\n") else f"{x}\n\\ No newline at end of file\n" for x in lines)
    return "".join(ended)
