"""Colours as SVG attributes: one theme as plain values, and a second for readers who prefer dark.

An attribute holds the plain value, which every program understands; a class beside it lets a
style sheet put the dark value in its place where the reader's screen is dark.
"""

from __future__ import annotations

from attrs import define, field

from argmap.render.theme import Theme


@define
class Ink:
    """Writes colours by name, and remembers which were used."""

    theme: Theme
    dark: Theme | None = None
    _used: dict[tuple[str, str], None] = field(factory=dict, init=False)
    _made: dict[tuple[str, str], str] = field(factory=dict, init=False)

    def fill(self, name: str) -> str:
        """The attributes that fill a shape or a text."""
        return self._made.get((name, "")) or self._attributes(name, "")

    def stroke(self, name: str) -> str:
        """The attributes that colour an outline."""
        return self._made.get(("", name)) or self._attributes("", name)

    def fill_stroke(self, fill: str, stroke: str) -> str:
        """Both."""
        return self._made.get((fill, stroke)) or self._attributes(fill, stroke)

    def _attributes(self, fill: str, stroke: str) -> str:
        uses = [(what, name) for what, name in (("fill", fill), ("stroke", stroke)) if name]
        written = " ".join(f'{what}="{self.theme[name]}"' for what, name in uses)
        if self.dark is not None:
            self._used.update(dict.fromkeys(uses))
            written += f' class="{" ".join(_class_name(*u) for u in uses)}"'
        self._made[fill, stroke] = written
        return written

    def style(self) -> str:
        """The style sheet for dark screens; "" if there is none."""
        if self.dark is None or not self._used:
            return ""
        rules = "".join(
            f".{_class_name(what, name)}{{{what}:{self.dark[name]}}}"
            for what, name in sorted(self._used)
        )
        return f"<style>@media (prefers-color-scheme:dark){{{rules}}}</style>"


def _class_name(what: str, name: str) -> str:
    return f"{what[0]}-{name}"
