"""Inputs that kill naive readers, by name. None may crash, hang or grow without bound."""

from __future__ import annotations

import time

import pytest

from argmap.formats import read
from argmap.layout import Direction, arrange
from argmap.render.markdown import markdown
from argmap.render.outline import outline
from argmap.render.page import page
from argmap.render.svg import svg
from argmap.render.table import table
from argmap.text import Text, report
from argmap.view import view

HANG = 20  # seconds; every one of these takes a fraction of one

K = 1000
HOSTILE = {
    "a thousand nested relations": "[A]: a\n" + "".join(" " * i + "+ b\n" for i in range(1, K)),
    "80 kB of tags on one line": "[A]: a" + " #t" * (27 * K),
    "open braces": "[A]: " + "{" * 80 * K,
    "open brackets": "[A]: " + "[" * 80 * K,
    "open angles": "[A]: " + "<" * 80 * K,
    "open comments": "[A]: " + "/*" * 40 * K,
    "many comments on a line": "[A]: " + "/*x*/" * 16 * K,
    "emphasis that never ends": "[A]: " + "*_" * 40 * K,
    "mentions that never end": "[A]: " + "@[" * 40 * K,
    "links that never end": "[A]: " + "[x](" * 20 * K,
    "backslashes": "[A]: " + "\\" * 80 * K,
    "tags that never end": "[A]: " + "#(" * 40 * K,
    "comments at the end of the text": "[A]: " + "//" * 40 * K,
    "lines of no-break spaces": "[A]: a\n" + "\u00a0\n" * 20 * K,
    "emphasis that crosses": "a " + "*a " * 10 * K + "_ " * 10 * K,
    "keys without values": "[A]: a {" + ", ".join(f"k{i}" for i in range(5 * K)) + "}",
    "one relation many times": "[A]: a\n" + "  + [B]\n" * 40 * K,
    "full stops": "[A]: " + ".a" * 40 * K,
    "colons": "[A]: " + ":" * 80 * K,
    "equals signs": "=" * 80 * K,
    "equals signs line by line": "[A]: a\n\n" + "===\n" * 20 * K,
    "emphasis that ends at once": "[A]: " + "**a** " * 13 * K,
    "emphasis of all kinds": "[A]: " + "*_a **b __c " * 7 * K,
    "items of a list": "* a\n" * 10 * K,
    "items further and further in": "".join(" " * (i % 400) + "* a\n" for i in range(K)),
    "escapes": "[A]: " + "\\[" * 40 * K,
    "quotes in braces": "[A]: " + '{"' * 40 * K,
    "inference lines": "--x\n" * 20 * K,
    "blank lines": "\n" * 80 * K,
    "carriage returns": "\r" * 80 * K,
    "hyphens": "-" * 80 * K + "x",
    "definitions on one line": "[a]:" * 20 * K,
    "definitions line by line": "[a]: b\n" * 5 * K,
    "spaces": " " * 80 * K,
    "nested YAML": "[A]: a {x: " + "[" * 5 * K + "]" * 5 * K + "}",
    "frontmatter of lists": "===\n" + "- " * 5 * K + "x\n===\n\n[A]: a",
    "one key many times": "===\n" + "a: 1\n" * 2 * K + "===\n\n[A]: a",
    "many numbers": "(1) a\n" * 5 * K,
    "many steps": "(1) a\n" + "----\n(2) a\n" * 2 * K,
    "one untitled text many times": "a\n\n" * 5 * K,
    "a chain of reasons": "\n\n".join(f"[C{i}]: c\n  + [C{i + 1}]" for i in range(3 * K)),
    "a circle of reasons": "\n\n".join(f"[C{i}]: c\n  + [C{(i + 1) % K}]" for i in range(K)),
    "a claim with many reasons": "[A]: a\n" + "  + b\n" * 3 * K,
    "self-supports": "".join(f"[A{i}]: a\n  + [A{i}]\n\n" for i in range(500)),
    "slips": "".join(f"[Title{i}a]: x\n  + [Title{i}b]\n\n" for i in range(500)),
    "one long word": "[A]: " + "x" * 50 * K,
    "control characters": "[A]: " + "".join(map(chr, range(1, 32))).replace("\n", "") * 100,
    "bidi overrides": "[A]: " + "\u202e\u2066abc" * 500,
    "blank lines of another system": "\r\n" * 20 * K + "[A]: x\r\n",
    "quotes that never end": '[A]: x {"' + '\\"' * 40 * K,
    "brackets in a line": "x " + "[a] " * 25 * K,
    "braces in a line": "x " + "{a} " * 25 * K,
    "a key for each mention": "".join(f"[A] {{k{i}: 1}}\n\n" for i in range(5 * K)),
    "a tag for each mention": "".join(f"[A] #t{i}\n\n" for i in range(8 * K)),
    "speakers": "".join(f"a {{speaker: x{i}}}\n\n" for i in range(4 * K)),
    "unknown speakers": "===\nspeakers: [Ann]\n===\n\n"
    + "".join(f"a {{speaker: x{i}}}\n\n" for i in range(4 * K)),
    "theses that contradict": "".join(f"[A{i}]: a\n  >< [B{i}]: b\n\n" for i in range(2 * K)),
    "a chain that refers to its root": "\n\n".join(
        f"[C{i}]: c\n  + [C{i + 1}]\n  - [C0]" for i in range(2 * K)
    ),
    "no characters YAML allows": "===\nt: \x00\x01\ufffe\n===\n\n[A]: \x00",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_read_and_shown(name: str):
    began = time.monotonic()
    text = Text("hostile", HOSTILE[name])
    found = read(text)
    shown = report(found.problems[:50], found.texts)
    assert all(len(line) < 400 for line in shown.splitlines())
    assert time.monotonic() - began < HANG


@pytest.mark.parametrize(
    "name",
    [
        "a thousand nested relations",
        "a circle of reasons",
        "a chain of reasons",
        "a claim with many reasons",
        "self-supports",
        "one long word",
        "control characters",
        "bidi overrides",
        "many steps",
        "theses that contradict",
        "a chain that refers to its root",
    ],
)
def test_it_is_drawn(name: str):
    import xml.etree.ElementTree as ET

    began = time.monotonic()
    found = read(Text("hostile", HOSTILE[name]))
    seen = view(found.debate)
    lines = outline(seen).splitlines()
    assert len(lines) >= len(seen.cards)
    assert markdown(seen).count("\n") >= len(seen.cards)
    assert table(found.debate, seen).count("\n") == len(seen.cards) + 1
    drawing = arrange(seen, direction="down", card_width=200)
    assert Direction.DOWN is drawing.direction
    ET.fromstring(svg(drawing))
    assert page(drawing, seen).endswith("</html>\n")
    assert time.monotonic() - began < HANG
