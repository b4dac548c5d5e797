"""The page that browsers are shown: that of the map, with what is wrong, and a script of ours."""

from __future__ import annotations

import base64
import functools
import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

from attrs import frozen

from argmap import api
from argmap.live.shown import Shown
from argmap.render.paper import html
from argmap.render.pen import escape
from argmap.text import quantity

_SCRIPT = re.compile(r"<script(?![^>]*json)[^>]*>(.*?)</script>", re.DOTALL)  # data never runs
_SAMPLE = "[A]: a\n  + [B]: b\n"


@frozen
class Page:
    """A page as it is sent, and what a browser may do with it.

    *version* is another one whenever anything on it changes.
    """

    body: bytes
    version: str
    policy: str


def composed(shown: Shown, good: Shown, name: str) -> Page:
    """The page of *good*, the last that could be drawn, with what *shown* says is wrong."""
    body = good.page or html(
        f"<h1>{escape(name)}</h1>\n<p>There is nothing to see yet.</p>\n",
        title=name,
        theme="auto",
    )
    policy = _policy()
    panel = _panel(shown, good)
    drawn = _digest(body)
    version = _digest(drawn + panel)
    bar = (
        f'<div id="argmap-live" data-version="{version}" data-drawn="{drawn}" '
        f'data-policy="{_digest(policy)}">\n{panel}'
        '<p class="lost" role="status">Connection lost. Is argmap serve still running?</p>\n'
        f'</div>\n<script id="argmap-live-script">{_script()}</script>\n'
    )
    # no word of a map is markup, so these are the page's own
    head, end, rest = body.partition("</head>")
    rest, close, after = rest.rpartition("</body>")
    icon = '<link rel="icon" href="data:,">\n'
    whole = f"{head}{icon}<style>\n{_STYLE}</style>\n{end}{rest}{bar}{close}{after}"
    return Page(whole.encode(), version, policy)


def _panel(shown: Shown, good: Shown) -> str:
    """What is wrong: errors open and announced, warnings folded away."""
    parts = []
    if shown.warnings:
        heading = quantity(len(shown.warnings), "warning")
        parts.append(_details("doubts", heading, shown.warnings))
    if shown.errors:
        kept = "; this is the last picture without" if good.page else ""
        heading = quantity(len(shown.errors), "error") + kept
        told = _details("errors", heading, shown.errors, " open")
        parts.append(f'<div role="alert">\n{told}</div>\n')
    return "".join(parts)


def _details(kind: str, heading: str, said: Iterable[str], opened: str = "") -> str:
    words = escape("\n\n".join(said))
    return (
        f'<details class="{kind}"{opened}>\n<summary>{heading}</summary>\n'
        f'<pre tabindex="0">{words}</pre>\n</details>\n'
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@functools.cache
def _script() -> str:
    lines = Path(__file__).with_name("live.js").read_text(encoding="ascii").splitlines()
    return "\n".join(line.strip() for line in lines if not line.lstrip().startswith("//"))


def _policy() -> str:
    """What the page may load and run (https://www.w3.org/TR/CSP3/): nothing but itself.

    Pictures have styles in attributes, and new ones come with each change.
    """
    run = " ".join(f"'sha256-{_hash(script)}'" for script in (*_ours(), _script()))
    return (
        f"default-src 'none'; script-src {run}; style-src 'unsafe-inline'; img-src data:; "
        "font-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    )


@functools.cache
def _ours() -> list[str]:
    """The scripts of every page: taken from that of a map we know, so no other map brings one."""
    return _SCRIPT.findall(api.loads(_SAMPLE).to_html())


def _hash(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


_STYLE = """\
#argmap-live { position: fixed; z-index: 99; left: 0; right: 0; bottom: 0; font-size: 0.9375rem; }
main.on ~ #argmap-live { bottom: 2.95rem; } /* the page has its buttons there */
#argmap-live details, #argmap-live .lost { margin: 0; padding: 0.5rem 1rem; color: #F4F6FA;
  background: #1B1F27; border-top: 4px solid #FFC04D; }
#argmap-live .errors { border-color: #FF8A5B; }
#argmap-live .doubts:not([open]) { width: max-content; margin-left: auto; }
#argmap-live summary { color: inherit; font-weight: 700; cursor: pointer; }
#argmap-live pre { max-height: 33vh; overflow: auto; margin: 0.5rem 0 0; padding: 0; border: 0;
  color: inherit; background: none; white-space: pre; tab-size: 4; line-height: 1.45;
  font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; }
#argmap-live .lost { display: none; }
#argmap-live.cut .lost { display: block; }
@media print { #argmap-live { display: none; } }
"""
