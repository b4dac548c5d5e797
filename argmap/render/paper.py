"""What every page of HTML has: its head, its type and colours, and pictures that fit in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from argmap.render.pen import escape
from argmap.render.theme import FONT, Theme, resolved

_BLANKS = re.compile(r"\s*([{};,>])\s*|: +")
_WIDTH = re.compile(r'<svg [^>]*? width="([0-9.]+)"')


def _no_more(_: Theme) -> str:
    return ""


def html(
    content: str,
    *,
    title: str,
    theme: str | Theme,
    language: str = "",
    rtl: bool = False,
    style: str = "",
    colours: Callable[[Theme], str] = _no_more,
    prose: bool = True,
    after: str = "",
) -> str:
    """*content* as a page that needs nothing from elsewhere.

    *style* and *colours* are added to the style sheet: rules for every theme, and those that a
    theme gives its colours to. Without *prose* there are no rules for tables, code and so on.
    A page that is *rtl* runs from right to left. *after* follows the content: its scripts.

    Raises:
        UnknownName: there is no theme of that name.
    """
    said = f' lang="{escape(language)}"' if language else ""
    said += ' dir="rtl"' if rtl else ""
    return (
        f'<!DOCTYPE html>\n<html{said}>\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n"
        f"<style>\n{packed(_sheet(theme, style, colours, prose))}</style>\n"
        f"</head>\n<body>\n<main>\n{content}</main>\n{after}</body>\n</html>\n"
    )


def packed(sheet: str) -> str:
    """The style *sheet* without blanks that mean nothing. A colon before a word has none after it,
    so that it is told from one within a selector; no text in a sheet may hold such signs.
    """
    return _BLANKS.sub(lambda m: m[1] or ":", sheet).replace(";}", "}").replace("}@", "}\n@")


def framed(picture: str) -> str:
    """*picture*, readable on a small screen: there it is scrolled."""
    width = _WIDTH.search(picture)
    least = f' style="--least: {int(min(0.75 * float(width[1]), 960))}px"' if width else ""
    # who scrolls with keys must be able to get there
    return f'<div class="map" role="group" tabindex="0"{least}>\n{picture}</div>\n'


def _sheet(theme: str | Theme, style: str, colours: Callable[[Theme], str], prose: bool) -> str:
    """The style sheet; its colours are those of the pictures."""
    first, dark = resolved(theme)
    rules = _STYLE + (_PROSE if prose else "") + style

    def coloured(t: Theme) -> str:
        return _colours(t) + (_prose_colours(t) if prose else "") + colours(t)

    if dark is None:
        return rules + coloured(first)
    rules += coloured(first)
    return (
        f"{rules}@media screen and (prefers-color-scheme: dark) {{\n{coloured(dark).rstrip()}\n}}\n"
    )


def _colours(theme: Theme) -> str:
    named = {"bg": "bg", "ink": "ink", "link": "author-0"}
    return f":root {{ color-scheme: {theme.scheme}; {variables(theme, named)} }}\n"


def variables(theme: Theme, named: Mapping[str, str]) -> str:
    """Colours for the rules of a style sheet: each name there, and what *theme* calls it."""
    return " ".join(f"--{name}: {theme[of]};" for name, of in named.items())


def _prose_colours(theme: Theme) -> str:
    return (
        f"summary, blockquote {{ color: {theme['grey']}; }}\n"
        f"pre, code {{ background: {theme['other-tint']}; }}\n"
        f"hr, th, td, pre, blockquote {{ border-color: {theme['hairline']}; }}\n"
    )


_STYLE = f"""\
* {{ box-sizing: border-box; }}
body {{ margin: 0; background: var(--bg); color: var(--ink); font: 1.0625rem/1.6 {FONT};
  overflow-wrap: break-word; }}
a {{ color: var(--link); }}
main {{ display: grid; padding: 2rem 1.25rem 4rem;
  grid-template-columns: minmax(0, 1fr) minmax(0, 42rem) minmax(0, 1fr); }}
main > * {{ grid-column: 2; min-width: 0; }}
main > figure {{ grid-column: 1 / -1; justify-self: center; width: 100%; max-width: 80rem; }}
h1, h2 {{ line-height: 1.25; margin: 2rem 0 .5rem; }}
h1 {{ font-size: 2rem; margin-top: 0; }}
p, ul {{ margin: .6rem 0; }}
figure {{ margin: 1rem 0; }}
.map {{ overflow-x: auto; }}
.map svg {{ display: block; margin: 0 auto; min-width: var(--least); }}
@media print {{
  main {{ display: block; padding: 0; }}
  body {{ font-size: 11pt; }}
  .map svg {{ min-width: 0; max-height: 90vh; }}
  figure {{ break-inside: avoid; }}
}}
"""
_PROSE = """\
h3, h4 { line-height: 1.25; margin: 2rem 0 0.5rem; }
ol, pre, table, blockquote { margin: .6rem 0; }
figcaption { font-weight: 700; line-height: 1.3; max-width: 42rem; margin: 0 auto; }
li .map svg, blockquote .map svg { margin: 0; }
figure details { max-width: 42rem; margin: 0.5rem auto 0; }
summary { cursor: pointer; font-size: 0.9375rem; }
pre, code { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace;
  font-size: 0.875rem; border-radius: 4px; }
pre { padding: 0.75rem 1rem; overflow-x: auto; border: 1px solid; line-height: 1.45; }
code { padding: 0.1em 0.3em; }
pre code { padding: 0; background: none; }
blockquote { margin-left: 0; padding-left: 1rem; border-left: 3px solid; }
table { border-collapse: collapse; display: block; overflow-x: auto; }
th, td { border: 1px solid; padding: 0.3rem 0.6rem; text-align: left; }
hr { border: 0; border-top: 1px solid; width: 100%; margin: 2rem 0; }
img { max-width: 100%; height: auto; }
@media print {
  table, pre { break-inside: avoid; }
  h1, h2, h3, h4 { break-after: avoid; }
  pre { white-space: pre-wrap; }
  summary { display: none; }
}
"""
