"""How long quotations take to be held against a text, beside a peer; prints it as JSON.

    python benchmarks/quotations.py [--count N] [--rounds N] [--peer-count N]

The text is generated, 1 MB of paragraphs, from a fixed seed; so are the quotations of 4 to 15
words: one half stands in it (every second one of these typed otherwise: curly quotation marks
made straight, doubled blanks, capitals), one third has one word changed, and the rest is made of
the text's own words in another order, or of words that it does not have. Every answer is checked.

The peer is ``partial_ratio_alignment`` of rapidfuzz, which is compiled: it gives the passage of
the text that is likest to a quotation, on the folded text as argmap does. It does not say which
words differ, and knows no paragraphs. What a quotation costs it does not hang on how many there
are, so it is given a part of them, and its time is multiplied. It is not installed with argmap:
``pip install rapidfuzz``.
"""

from __future__ import annotations

import argparse
import json
import platform
import random
import sys
import time
from dataclasses import dataclass
from importlib.metadata import version
from itertools import accumulate
from statistics import median

from argmap.model import Builder, Source
from argmap.provenance.check import provenance
from argmap.provenance.cited import CitedText
from argmap.provenance.findings import Provenance, Standing
from argmap.provenance.fold import fold
from argmap.text import Text

SIZE = 1_000_000  # characters
VOCABULARY = 12_000
SOUNDS = ("b ch d f g k l m n p r s st t th v".split(), "a e i o u ai ea ou".split())
TARGET = 2.0  # seconds, for 1 000 quotations


@dataclass(frozen=True)
class Quotation:
    """A quotation of paragraph *at*, and how it should be found to stand."""

    words: str
    at: str
    standing: tuple[Standing, ...]


def vocabulary(chance: random.Random) -> list[str]:
    """So many words, the likeliest first, the shortest mostly among them."""
    made: dict[str, None] = {}
    while len(made) < VOCABULARY:
        syllables = 1 + min(4, len(made) // 400 + chance.randrange(2))
        word = "".join(chance.choice(s) for _ in range(syllables) for s in SOUNDS)
        made[word + chance.choice(("", "n", "s", "r"))] = None
    return list(made)


def paragraphs(chance: random.Random, words: list[str]) -> list[list[str]]:
    """Paragraphs of 40 to 160 words, which are as frequent as Zipf says."""
    weights = list(accumulate(1 / (n + 2.7) for n in range(len(words))))
    made: list[list[str]] = []
    size = 0
    while size < SIZE:
        block = chance.choices(words, cum_weights=weights, k=chance.randrange(40, 160))
        for n in range(0, len(block), 12):
            block[n] = block[n].capitalize()
            if n:
                block[n - 1] += chance.choice((".", ".", ",", "?", ":"))
        quoted = chance.randrange(len(block) - 1)
        block[quoted] = f"“{block[quoted]}”"
        block[-1] += "."
        made.append(block)
        size += sum(map(len, block)) + len(block) + 1
    return made


def quotations(
    chance: random.Random, blocks: list[list[str]], words: list[str], count: int
) -> list[Quotation]:
    """*count* quotations, in a shuffled order."""
    made = []
    for n in range(count):
        at = chance.randrange(len(blocks))
        block = blocks[at]
        size = chance.randrange(4, 16)
        start = chance.randrange(len(block) - size)
        taken = block[start : start + size]
        place = f"¶{at + 1}"
        if n < count // 4:
            made.append(Quotation(" ".join(taken), place, (Standing.EXACT,)))
        elif n < count // 2:
            typed = "  ".join(taken).replace("“", '"').replace("”", '"').swapcase()
            made.append(Quotation(typed, place, (Standing.NORMALISED,)))
        elif n < count // 2 + count // 3:
            changed = chance.randrange(1, size - 1)
            taken[changed] = chance.choice(words[2_000:]) + "ly"
            made.append(Quotation(" ".join(taken), place, (Standing.NEAR,)))
        else:
            drawn = chance.sample(words[200:], size)
            drawn = [f"{word}q" for word in drawn] if n % 2 else drawn
            made.append(Quotation(" ".join(drawn), place, (Standing.ABSENT,)))
    chance.shuffle(made)
    return made


def ours(body: str, asked: list[Quotation]) -> tuple[float, Provenance]:
    """How long argmap takes from the text to what it says of each quotation, and that."""
    b = Builder()
    hall = b.source(Source("hall", "Hall"))
    for n, q in enumerate(asked):
        b.claim("C", title=f"C{n}", source=hall, at=q.at, quote=q.words)
    debate = b.build()
    begin = time.perf_counter()
    document = CitedText(Text("hall.txt", body))
    found = provenance(debate, lambda _: document)
    return time.perf_counter() - begin, found


def check(asked: list[Quotation], found: Provenance) -> None:
    """Stop if an answer is wrong; some words of another order may be like a passage by chance."""
    wrong = []
    for q, f in zip(asked, found.findings, strict=True):
        right = f.standing in q.standing and (f.found is None or str(f.found) == q.at or f.also)
        if not right:
            wrong.append((q, f.standing.value, str(f.found), f.changes))
    if len(wrong) > len(asked) // 500:
        raise SystemExit(f"{len(wrong)} of {len(asked)} are wrong, as {wrong[0]}")


def peer(body: str, asked: list[Quotation]) -> tuple[float, float] | None:
    """How long rapidfuzz takes for *asked*, and for which part it named the right paragraph."""
    try:
        from rapidfuzz.fuzz import partial_ratio_alignment
    except ImportError:
        return None
    starts = [a for a, _ in CitedText(Text("hall.txt", body)).paragraphs]
    begin = time.perf_counter()
    folded = fold(body)
    found = [partial_ratio_alignment(fold(q.words).text, folded.text) for q in asked]
    seconds = time.perf_counter() - begin
    right = known = 0
    for q, hit in zip(asked, found, strict=True):
        if q.standing[0] is not Standing.ABSENT and hit is not None:
            known += 1
            at = folded.starts[hit.dest_start]
            right += sum(s <= at for s in starts) == int(q.at[1:])
    return seconds, right / max(1, known)


def main() -> None:
    """Measure, check and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--count", type=int, default=1_000, help="quotations")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--peer-count", type=int, default=100, help="quotations for the peer")
    given = parser.parse_args()
    chance = random.Random(1)
    words = vocabulary(chance)
    blocks = paragraphs(chance, words)
    body = "\n\n".join(" ".join(block) for block in blocks) + "\n"
    asked = quotations(chance, blocks, words, given.count)
    few = asked[: given.peer_count]
    times: list[float] = []
    theirs: list[float] = []
    share = 0.0
    for n in range(-1, given.rounds):  # the first does not count
        seconds, found = ours(body, asked)
        check(asked, found)
        times += [seconds] if n >= 0 else []
        if n % 2 == 0 and (answer := peer(body, few)) is not None:
            theirs.append(answer[0] * len(asked) / len(few))
            share = answer[1]
    result: dict[str, object] = {
        "python": platform.python_version(),
        "text": len(body),
        "quotations": len(asked),
        "median": round(median(times), 3),
        "least": round(min(times), 3),
        "most": round(max(times), 3),
        "target": TARGET,
        "met": median(times) <= TARGET,
    }
    if theirs:
        result |= {
            "peer": f"rapidfuzz {version('rapidfuzz')}, from {len(few)} quotations",
            "peer_median": round(median(theirs), 3),
            "peer_places_right": round(share, 3),
            "ratio": round(median(times) / median(theirs), 3),
        }
    else:
        result["peer"] = "rapidfuzz is not installed"
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    sys.exit(main())
