"""A theme from a text in TOML: what it may say, and what is wrong with it.

What a text sets is taken as it is, or refused with a colour that would do. What it leaves out is
that of its base, made lighter or darker where it could not be told from a ground that is set.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from attrs import define, evolve, field

from argmap.errors import guesses
from argmap.render.contrast import (
    GROUNDS,
    TEXT,
    Pair,
    contrast,
    luminance,
    nearest,
    pairs,
    plain,
)
from argmap.render.theme import DARK, LIGHT, NAMES, THEMES, Theme, with_authors
from argmap.text import Problem, Problems, Span, Text, listed, printable

MOST_AUTHORS = 12

_KEYS = ("base", "authors", "authors-on-claims", "colours")
_OTHERWISE = {"colors": "colours", "colour": "colours", "color": "colours", "extends": "base"}
_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")
_COLOUR = '"#0B5CAD" or "#05a"'


def read_theme(text: Text) -> tuple[Theme | None, tuple[Problem, ...]]:
    """The theme that *text* describes, or None and all that is wrong with it."""
    problems = Problems()
    try:
        said = tomllib.loads(text.body)
    except tomllib.TOMLDecodeError as e:
        problems.say("AM901", f"this is not TOML: {_why(e)}", _broken(text, str(e)), _HOW)
        return None, tuple(problems.found)
    except RecursionError:
        problems.say("AM901", "this is nested too deeply for a theme", text.span(0, 0), _HOW)
        return None, tuple(problems.found)
    reading = _Reading(text, problems)
    theme = reading.theme(said)
    return (None if problems.found else theme), tuple(problems.found)


_HOW = 'write a name, = and a colour in quotation marks, as in  claim = "#7A0019"'


_WHYS = {  # what tomllib says of the commonest mistakes, and what a writer of colours understands
    "Illegal character '\\n'": "a quotation mark is missing at the end of this line",
    "Invalid value": "a colour stands in quotation marks",
    "Expected '=' after a key in a key/value pair": "there is no = after this name",
    "Cannot overwrite a value": "this name is set twice",
}


def _why(e: ValueError) -> str:
    said = _PLACE.sub("", str(e)).replace("(at end of document)", "").strip()
    return _WHYS.get(said) or printable(said[:1].lower() + said[1:])


def _broken(text: Text, said: str) -> Span:
    """Where tomllib says that a text is broken."""
    lines = text.body.count("\n") + 1
    found = _PLACE.search(said)
    if found is None or int(found[1]) > lines:
        return text.span(len(text.body), len(text.body))
    start, stop = text.ends(int(found[1]))
    at = min(stop, start + int(found[2]) - 1)
    return text.span(at, min(stop, at + 1))


@define
class _Reading:
    """One text, as it is read."""

    text: Text
    problems: Problems
    base: Theme = LIGHT
    colours: dict[str, str] = field(factory=dict)
    set: dict[str, Span] = field(factory=dict)  # what the text sets, and where

    def theme(self, said: Mapping[str, Any]) -> Theme:
        for key, value in said.items():
            if key not in _KEYS:
                self._unknown(key, value)
        self._base(said.get("base", "light"))
        plain_ones, on_claims = self._authors(said)
        self.colours = dict(self.base.colours)
        asked = said.get("colours", {})
        if isinstance(asked, dict):
            for name, value in asked.items():
                self._colour(name, value)
        else:
            help = "write [colours] on a line, and below it a line for each colour"
            self.problems.say("AM903", "'colours' takes names", self._at("colours"), help)
        count = len(plain_ones) or self.base.authors
        colours = {n: self.colours[n] for n in NAMES}
        if plain_ones:
            # where none are given for main claims: the same hue, as far as it can be seen there
            on_claims = on_claims or plain_ones
            self.colours = dict(with_authors(colours, plain_ones, on_claims))
        if not self.problems.found:
            self._adapt(count)
        name = printable(PurePath(self.text.name).stem)
        return evolve(self.base, name=name, colours=dict(self.colours), authors=count)

    def _at(self, key: str, value: str = "") -> Span:
        """The line that sets *key*, and in it *value*, if that is found there or below."""
        name = re.escape(key)
        line = re.search(
            rf"^[ \t\[]*(?:[\w-]+\.)?[\"']?{name}[\"']?[ \t]*[=.\]]", self.text.body, re.M
        )
        if line is None:
            return self.text.span(0, 0)
        start = line.start() + len(line[0]) - len(line[0].lstrip())
        if value:
            at = self.text.body.find(value, line.end())
            if at >= 0:
                return self.text.span(at, at + len(value))
        _, stop = self.text.ends(self.text.place(start).line)
        return self.text.span(start, stop)

    # --- keys and values

    def _unknown(self, key: str, value: object) -> None:
        name = _OTHERWISE.get(key, key)
        if name in _KEYS:
            help = f"did you mean {name}?"
        elif key in NAMES:
            help = f"write it below a line that says [colours]: {key} = {_shown(value)}"
        elif near := guesses(key, _KEYS):
            help = f"did you mean {near[0]}?"
        else:
            help = f"a theme has {listed(_KEYS)}"
        self.problems.say("AM902", f"a theme has no {key!r}", self._at(key), help)

    def _base(self, value: object) -> None:
        if isinstance(value, str) and value in THEMES:
            self.base = THEMES[value]
            return
        near = guesses(str(value), THEMES)
        help = f'write base = "{near[0] if near else "light"}"'
        message = f"'base' is {listed([*THEMES], 'or')}, not {_shown(value)}"
        self.problems.say("AM903", message, self._at("base"), help)

    def _authors(self, said: Mapping[str, Any]) -> tuple[list[str], list[str]]:
        """The colours of authors on cards, and those on main claims."""
        found = [self._list(key, said[key]) if key in said else [] for key in _KEYS[1:3]]
        plain_ones, on_claims = found
        if "authors-on-claims" in said and len(plain_ones) != len(on_claims):
            message = "'authors-on-claims' is as long as 'authors': a colour for each"
            help = "leave it out, and argmap takes lighter or darker ones of the same hue"
            self.problems.say("AM903", message, self._at("authors-on-claims"), help)
            on_claims = []
        if said.keys() & {"authors", "authors-on-claims"} and self.base.patterns:
            message = f"a theme on the base {self.base.name!r} has patterns for authors, no colours"
            help = 'leave the colours of authors out, or write base = "light"'
            self.problems.say("AM903", message, self._at("authors"), help)
        return plain_ones, on_claims

    def _list(self, key: str, value: object) -> list[str]:
        if not isinstance(value, list) or not 0 < len(value) <= MOST_AUTHORS:
            message = f"{key!r} takes a list of 1 to {MOST_AUTHORS} colours"
            help = f'write  {key} = ["#0B5CAD", "#9A5B00"]'
            self.problems.say("AM903", message, self._at(key), help)
            return []
        colours = []
        ending = "-claim" if key == "authors-on-claims" else ""
        for i, each in enumerate(value):
            place = self._at(key, each if isinstance(each, str) else "")
            colours.append(self._plain(f"one of {key!r}", each, place))
            self.set[f"author-{i}{ending}"] = place
        return colours

    def _colour(self, name: str, value: object) -> None:
        if name not in NAMES:
            near = guesses(name, NAMES)
            help = f"did you mean {near[0]}?" if near else f"the colours are {listed([*NAMES])}"
            self.problems.say("AM902", f"no colour is named {name!r}", self._at(name), help)
            return
        self.set[name] = self._at(name)
        self.colours[name] = self._plain(repr(name), value, self.set[name])

    def _plain(self, what: str, value: object, place: Span) -> str:
        colour = plain(value) if isinstance(value, str) else ""
        if not colour:
            message = f"{what} is {_shown(value)}, which is no colour"
            help = f"write # and three or six digits of 0-9 and A-F, as in {_COLOUR}"
            self.problems.say("AM903", message, place, help)
        return colour or "#000000"

    # --- contrast

    def _adapt(self, authors: int) -> None:
        """Adapt what the text leaves out; say what it sets and cannot be seen."""
        if not self._grounds_agree():
            return
        if "claim" in self.set and "claim-line" not in self.set:
            self.colours["claim-line"] = self.colours["claim"]
        drawn: dict[str, list[Pair]] = {}
        for pair in pairs(authors):
            drawn.setdefault(pair.figure, []).append(pair)
        for name, wanted in drawn.items():
            weak = [p for p in wanted if self._ratio(p) < p.least]
            if not weak:
                continue
            better = self._better(name, wanted)
            if name in self.set:
                self._weak(min(weak, key=lambda p: self._ratio(p) / p.least), better)
            self.colours[name] = better or self.colours[name]

    def _grounds_agree(self) -> bool:
        """Whether black or white can be read on all grounds: if not, nothing can."""
        by_light = sorted(GROUNDS, key=lambda g: luminance(self.colours[g]))
        darkest, lightest = by_light[0], by_light[-1]

        def agree(darkest: str, lightest: str) -> bool:
            return contrast(darkest, "#000000") >= TEXT or contrast(lightest, "#FFFFFF") >= TEXT

        if agree(self.colours[darkest], self.colours[lightest]):
            return True
        ends = [g for g in (darkest, lightest) if g in self.set]
        culprit = next((g for g in ends if g != "bg"), ends[0])
        message = f"no text can be read on both {self._named(darkest)} and {self._named(lightest)}"
        other = self.colours[lightest if culprit == darkest else darkest]
        better = nearest(self.colours[culprit], lambda c: agree(*sorted((c, other), key=luminance)))
        help = f"use {better} for {culprit}"
        if culprit == "bg":
            other_base = "dark" if culprit == darkest else "light"
            help = f'begin with base = "{other_base}", or set the other grounds too'
        self.problems.say("AM904", message, self.set[culprit], help)
        return False

    def _ratio(self, pair: Pair) -> float:
        return contrast(self.colours[pair.figure], self.colours[pair.ground])

    def _better(self, name: str, wanted: list[Pair]) -> str:
        """The colour nearest to that of *name* that can be told from all it is drawn on."""
        grounds = [(self.colours[p.ground], p.least) for p in wanted]

        def passes(colour: str) -> bool:
            return all(contrast(colour, ground) >= least for ground, least in grounds)

        other = {"light": DARK, "dark": LIGHT}.get(self.base.name)
        if other and name in NAMES and name not in self.set and passes(other[name]):
            return other[name]
        return nearest(self.colours[name], passes)

    def _weak(self, pair: Pair, better: str) -> None:
        ratio = int(self._ratio(pair) * 100) / 100
        message = (
            f"{self._named(pair.figure)} on {self._named(pair.ground)} has a contrast of {ratio:g} "
            f"to 1, and {pair.what} needs {pair.least:g}"
        )
        self.problems.say("AM904", message, self.set[pair.figure], f"use {better}")

    def _named(self, name: str) -> str:
        author = re.fullmatch(r"author-(\d+)(-claim)?", name)
        said = f"author {int(author[1]) + 1}" if author else name
        return f"{said} {self.colours[name]}"


def _shown(value: object) -> str:
    """*value* as it is written in TOML, if it is short."""
    if isinstance(value, str):
        return f'"{value[:40]}{"…" if len(value) > 40 else ""}"'
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "a list"
    return "a table" if isinstance(value, dict) else str(value)[:40]


def starting_theme() -> str:
    """A theme file to begin with: all that it may say, with the values of the light theme."""
    widest = max(map(len, NAMES))
    lines = [f'# {n:{widest}} = "{LIGHT[n]}"' + (f"  # {w}" if w else "") for n, w in NAMES.items()]
    return "\n".join([_BEGIN, *lines, ""])


def _listed(ending: str) -> str:
    return ", ".join(f'"{LIGHT[f"author-{i}{ending}"]}"' for i in range(LIGHT.authors))


_BEGIN = f"""\
# Colours for argument maps. Draw with it:  argmap render MAP --theme THIS-FILE -o map.svg
#
# Take the # away from what you want to change. What you leave out is that of the base, made
# lighter or darker where it could not be seen on your colours. Colours are "#rrggbb" or "#rgb".
# Text that could not be read is refused, with a colour that can.

base = "light"  # or "dark", or "print": black and white, with patterns

# A colour for each author, in the order of the map: 1 to {MOST_AUTHORS}. With more people than
# colours, those who hold most have one, and the others their names only.
authors = [{_listed("")}]

# Main claims are dark: there, authors have a colour of the same hue that can be seen. Set it here:
# authors-on-claims = [{_listed("-claim")}]

[colours]"""
