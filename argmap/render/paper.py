"""What every page of HTML has: its head, its type and colours, and pictures that fit in."""

from __future__ import annotations

import re
from collections.abc import Callable

from argmap.render.pen import escape
from argmap.render.theme import FONT, Theme, resolved

_WIDTH = re.compile(r'<svg [^>]*? width="([0-9.]+)"')


def _no_more(_: Theme) -> str:
    return ""


def html(
    content: str,
    *,
    title: str,
    theme: str | Theme,
    language: str = "",
    style: str = "",
    colours: Callable[[Theme], str] = _no_more,
) -> str:
    """*content* as a page that needs nothing from elsewhere.

    *style* and *colours* are added to the style sheet: rules for every theme, and those that a
    theme gives its colours to.

    Raises:
        UnknownName: there is no theme of that name.
    """
    said = f' lang="{escape(language)}"' if language else ""
    return (
        f'<!DOCTYPE html>\n<html{said}>\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{_sheet(theme, style, colours)}</style>\n"
        f"</head>\n<body>\n<main>\n{content}</main>\n</body>\n</html>\n"
    )


def framed(picture: str) -> str:
    """*picture*, readable on a small screen: there it is scrolled."""
    width = _WIDTH.search(picture)
    least = f' style="--least: {int(min(0.75 * float(width[1]), 960))}px"' if width else ""
    # who scrolls with keys must be able to get there
    return f'<div class="map" role="group" tabindex="0"{least}>\n{picture}</div>\n'


def _sheet(theme: str | Theme, style: str, colours: Callable[[Theme], str]) -> str:
    """The style sheet; its colours are those of the pictures."""
    first, dark = resolved(theme)
    schemes = first.scheme if dark is None else f"{first.scheme} {dark.scheme}"
    sheet = _STYLE.replace("SCHEME", schemes) + style + _colours(first) + colours(first)
    if dark is None:
        return sheet
    rules = (_colours(dark) + colours(dark)).replace("\n", "\n  ").rstrip()
    return f"{sheet}@media screen and (prefers-color-scheme: dark) {{\n  {rules}\n}}\n"


def _colours(theme: Theme) -> str:
    return (
        f"body {{ background: {theme['bg']}; color: {theme['ink']}; }}\n"
        f"a {{ color: {theme['author-0']}; }}\n"
        f"summary, blockquote {{ color: {theme['grey']}; }}\n"
        f"pre, code {{ background: {theme['other-tint']}; }}\n"
        f"hr, th, td, pre, blockquote {{ border-color: {theme['hairline']}; }}\n"
    )


_STYLE = f"""\
:root {{ color-scheme: SCHEME; }}
* {{ box-sizing: border-box; }}
body {{ margin: 0; font: 1.0625rem/1.6 {FONT}; overflow-wrap: break-word; }}
main {{ display: grid; padding: 2rem 1.25rem 4rem;
  grid-template-columns: minmax(0, 1fr) minmax(0, 42rem) minmax(0, 1fr); }}
main > * {{ grid-column: 2; min-width: 0; }}
main > figure {{ grid-column: 1 / -1; justify-self: center; width: 100%; max-width: 80rem; }}
h1, h2, h3, h4 {{ line-height: 1.25; margin: 2rem 0 0.5rem; }}
h1 {{ font-size: 2rem; margin-top: 0; }}
p, ul, ol, pre, table, blockquote {{ margin: 0.6rem 0; }}
figure {{ margin: 1rem 0; }}
figcaption {{ font-weight: 700; line-height: 1.3; max-width: 42rem; margin: 0 auto; }}
.map {{ overflow-x: auto; }}
.map svg {{ display: block; margin: 0 auto; min-width: var(--least); }}
li .map svg, blockquote .map svg {{ margin: 0; }}
figure details {{ max-width: 42rem; margin: 0.5rem auto 0; }}
summary {{ cursor: pointer; font-size: 0.9375rem; }}
pre, code {{ font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace;
  font-size: 0.875rem; border-radius: 4px; }}
pre {{ padding: 0.75rem 1rem; overflow-x: auto; border: 1px solid; line-height: 1.45; }}
code {{ padding: 0.1em 0.3em; }}
pre code {{ padding: 0; background: none; }}
blockquote {{ margin-left: 0; padding-left: 1rem; border-left: 3px solid; }}
table {{ border-collapse: collapse; display: block; overflow-x: auto; }}
th, td {{ border: 1px solid; padding: 0.3rem 0.6rem; text-align: left; }}
hr {{ border: 0; border-top: 1px solid; width: 100%; margin: 2rem 0; }}
img {{ max-width: 100%; height: auto; }}
@media print {{
  main {{ display: block; padding: 0; }}
  body {{ font-size: 11pt; }}
  .map svg {{ min-width: 0; max-height: 90vh; }}
  figure, table, pre {{ break-inside: avoid; }}
  h1, h2, h3, h4 {{ break-after: avoid; }}
  pre {{ white-space: pre-wrap; }}
  summary {{ display: none; }}
}}
"""
