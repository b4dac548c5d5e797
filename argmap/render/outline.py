"""A view as indented text for terminals and plain-text files.

The signs carry the meaning: ``+`` supports, ``-`` objects, ``x`` undercuts; a bracket joins
reasons that work together. Colour only repeats what the signs say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import frozen

from argmap.render.sources import reference
from argmap.text import printable, width
from argmap.view import Card, Inference, Mark, Question, View, forest

NARROWEST = 24  # columns of text that are kept, however deep a line stands
_DEEPEST = 40  # levels after which entries stand no further in
_HANG = 5  # how far the second line of an entry stands in


@frozen
class _Signs:
    """What lines are drawn with."""

    fork: str
    corner: str
    pipe: str
    brackets: str
    see: str
    back: str
    mutual: str
    hence: str
    dash: str
    more: str


_UNICODE = _Signs("├─ ", "└─ ", "│  ", "┌│└", "→ see", "↻ back to", "⇄", "⇒", "—", "…")
_ASCII = _Signs("|- ", "`- ", "|  ", "/|\\", "-> see", "(loop) back to", "<>", "=>", "--", "...")
_PLAIN = str.maketrans(
    {
        "¶": "par. ",
        "“": '"',
        "”": '"',
        "‘": "'",
        "’": "'",
        "–": "-",
        "—": "--",
        "…": "...",
        "\xa0": " ",
    }
)
_MUTUAL = {
    Mark.CONTRADICT: "contradicts",
    Mark.AGREE: "says the same as",
    Mark.TENSION: "is in tension with",
    Mark.PAST: "talks past",
}
_COLOURS = {"+": "32", "=": "32", "-": "31", "#": "31", "x": "35", "~": "36"}


def outline(
    view: View,
    *,
    columns: int = 80,
    depth: int | None = None,
    ascii: bool = False,
    colour: bool = False,
) -> str:
    """*view* as text of at most *columns* columns, as far as deep entries allow.

    *depth* is how many levels are shown; what is left out below is counted. What bears on several
    things stands in full once and is referred to elsewhere. With *ascii*, only the words of the
    map themselves can hold other characters.
    """
    view = forest(view)
    mutual: dict[str, list[Inference]] = {}
    for i in view.inferences:
        if i.mutual:
            mutual.setdefault(i.tails[0], []).append(i)
            mutual.setdefault(i.head, []).append(i)
    signs = _ASCII if ascii else _UNICODE
    source, spans = _single_source(view), _spans(view)
    return _Outline(view, columns, depth, signs, colour, source, mutual, spans).text()


@frozen
class _Word:
    text: str
    style: str = ""


@frozen
class _Outline:
    view: View
    columns: int
    depth: int | None
    signs: _Signs
    colour: bool
    single_source: str  # what all notes begin with, said once at the end
    mutual: Mapping[str, Sequence[Inference]]
    spans: Mapping[str, tuple[int, int]]  # of each card and all below it, in reading order

    def text(self) -> str:
        blocks: list[str] = []
        if self.view.title:
            blocks.append(self._styled(self._clean(self.view.title), "1"))
        for card in self.view.cards:
            if card.id not in self.view.parent and not card.sees:
                blocks.append("\n".join(self._tree(card)))
        asked = [
            line for q in self.view.questions for line in self._wrapped(self._question(q), "", "  ")
        ]
        if asked:
            blocks.append("\n".join(asked))
        notes = [self._clean(n) for s in self.view.sources if (n := reference(s))]
        if notes:
            lines = [line for n in notes for line in self._wrapped(_words(n), "", "  ")]
            blocks.append("\n".join(lines))
        return "\n\n".join(blocks) + "\n" if blocks else ""

    def _tree(self, root: Card) -> list[str]:
        """A root and all below it, with a stack, so that any depth will do."""
        lines = self._wrapped(self._body(root, None), "", "  ")
        todo: list[tuple[str, str, bool, int]] = []

        def push(card: str, prefix: str, level: int) -> None:
            below = self.view.below.get(card, ())
            for n in range(len(below) - 1, -1, -1):
                todo.append((below[n], prefix, n == len(below) - 1, level))

        if self.depth is None or self.depth > 1:
            push(root.id, "", 2)
        else:
            lines += self._cut(root.id, "")
        while todo:
            id, prefix, last, level = todo.pop()
            card = self.view.by_id[id]
            inference = self.view.inference[self.view.parent[id]]
            branch = self.signs.corner if last else self.signs.fork
            inner = prefix + ("   " if last else self.signs.pipe) if level <= _DEEPEST else prefix
            mark = inference.mark.sign + self._bracket(inference, id) + " "
            first = prefix + branch + self._styled(mark, _COLOURS[inference.mark.sign])
            words = self._body(card, inference)
            lines += self._wrapped(words, first, inner + " " * _HANG, len(prefix) + 6)
            if self.depth is None or level < self.depth:
                push(id, inner, level + 1)
            else:
                lines += self._cut(id, inner)
        lines += self._mutual(root)
        return lines

    def _bracket(self, i: Inference, id: str) -> str:
        if len(i.tails) < 2:
            return " "
        place = i.tails.index(id)
        return self.signs.brackets[0 if place == 0 else 2 if place == len(i.tails) - 1 else 1]

    def _cut(self, id: str, prefix: str) -> list[str]:
        """How much is left out below a card."""
        count, objections = 0, 0
        todo = list(self.view.below.get(id, ()))
        while todo:
            card = todo.pop()
            count += 1
            mark = self.view.inference[self.view.parent[card]].mark
            objections += mark in (Mark.ATTACK, Mark.UNDERCUT, Mark.CONTRADICT)
            todo += self.view.below.get(card, ())
        if not count:
            return []
        against = f" ({objections} objection{'s' if objections > 1 else ''})" if objections else ""
        return [f"{prefix}{self.signs.more} {count} more below{against}"]

    def _mutual(self, card: Card) -> list[str]:
        """What contradicts a root, or says the same."""
        found = []
        for i in self.mutual.get(card.id, ()):
            other = self.view.by_id[i.head if card.id == i.tails[0] else i.tails[0]]
            word = _MUTUAL.get(i.mark, i.mark.value)
            said = [*_words(f"{self.signs.mutual} {word} {other.number}"), *_words(self._aside(i))]
            found += self._wrapped(said, "", "  ")
        return found

    def _question(self, q: Question) -> list[_Word]:
        """An issue, and the numbers of what bears on it."""
        numbers = ", ".join(self.view.by_id[c].number for c in q.cards)
        return [*_words(self._clean(q.text), "1"), *_words(numbers)]

    # --- one entry

    def _body(self, card: Card, inference: Inference | None) -> list[_Word]:
        """The words of an entry: number, text, who, where, and what else must be said."""
        if card.sees:
            return self._reference(card, inference)
        style = "1" if inference is None else ""
        words = [_Word(card.number, "2" if inference else "1")]
        if card.title:
            words += _words(self._clean(card.title) + ":", "1")
        words += _words(self._clean(card.text), style)
        if card.unstated:
            words += _words("(unstated)")
        source = card.source
        if self.single_source:
            source = source.replace(self.single_source + " ", "")
        if who := ", ".join(p for p in (card.whole_credit, source) if p):
            words.append(_Word(self.signs.dash))
            words += _tied(self._clean(who))
        if inference is not None:
            words += _words(self._aside(inference))
        return words

    def _reference(self, card: Card, inference: Inference | None) -> list[_Word]:
        """Where a card stands in full, and its first words."""
        first = self._clean(card.text).split()
        start = " ".join(first[:9]) + (f" {self.signs.more}" if len(first) > 9 else "")
        pointer = (
            self.signs.back if inference and self._is_above(card, inference) else self.signs.see
        )
        words = [*_words(pointer, "2"), _Word(card.number, "2"), *_words(start)]
        if card.credit:
            words += [_Word(self.signs.dash), *_tied(self._clean(card.whole_credit))]
        return words + (_words(self._aside(inference)) if inference else [])

    def _is_above(self, card: Card, inference: Inference) -> bool:
        """Whether *card* stands in full above where it is referred to: then there is a circle."""
        first, last = self.spans[card.sees]
        return first <= self.spans[self.view.head_card(inference)][0] <= last

    def _aside(self, i: Inference) -> str:
        """What an undercut strikes, and what a link between speakers is."""
        parts: list[str] = []
        struck = self.view.inference.get(i.head)
        if struck is not None:
            premises = "+".join(self.view.by_id[t].number for t in struck.tails)
            head = self.view.by_id[self.view.head_card(struck)].number
            verb = "undercuts" if i.mark is Mark.UNDERCUT else i.mark.value
            parts.append(f"{verb} {premises} {self.signs.hence} {head}")
        if i.link is not None and (i.link.sense or i.link.because):
            about = f"about {i.link.about.value}" if i.link.about else ""
            whose = "the mapper’s reading" if i.link.inferred else f"so {i.link.by}"
            parts.append(self._clean(", ".join(p for p in (i.bears, about, whose) if p)))
            if i.link.because:
                parts[-1] += f": {self._clean(i.link.because)}"
        return f"({'; '.join(parts)})" if parts else ""

    def _clean(self, text: str) -> str:
        text = printable(text)
        return text.translate(_PLAIN) if self.signs is _ASCII else text

    # --- lines

    def _styled(self, text: str, style: str) -> str:
        return f"\x1b[{style}m{text}\x1b[0m" if self.colour and style else text

    def _wrapped(
        self, words: list[_Word], first: str, rest: str, used: int | None = None
    ) -> list[str]:
        """*words* in lines: the first behind *first*, which takes *used* columns."""
        lines: list[str] = []
        line = first
        column = width(first) if used is None else used
        room = max(self.columns, column + NARROWEST, width(rest) + NARROWEST)
        begins = True
        for word in words:
            for n, piece in enumerate(_cut_to(word.text, room - width(rest))):
                w = width(piece)
                if not begins and (n or column + 1 + w > room):
                    lines.append(line)
                    line, column, begins = rest, width(rest), True
                if not begins:
                    line, column = line + " ", column + 1
                line += self._styled(piece, word.style)
                column += w
                begins = False
        return [*lines, line]


def _spans(view: View) -> dict[str, tuple[int, int]]:
    """Where each card comes in reading order, and where the last card below it does."""
    spans: dict[str, tuple[int, int]] = {}
    order: list[str] = []
    todo = [(c.id, False) for c in reversed(view.cards) if c.id not in view.parent]
    while todo:
        card, done = todo.pop()
        if done:
            spans[card] = (spans[card][0], len(order) - 1)
            continue
        spans[card] = (len(order), len(order))
        order.append(card)
        todo.append((card, True))
        todo += [(c, False) for c in reversed(view.below.get(card, ()))]
    return spans


def _single_source(view: View) -> str:
    """The name that every note begins with, if a map has one source only; else ""."""
    notes = [c.source for c in view.cards if c.source and not c.sees]
    if len(view.sources) != 1 or not reference(view.sources[0]):
        return ""
    key = view.sources[0].key
    return key if all(n.startswith(f"{key} ") for n in notes) else ""


def _words(text: str, style: str = "") -> list[_Word]:
    return [_Word(w, style) for w in text.split()]


def _tied(text: str) -> list[_Word]:
    """The words of *text*; the last two stay on one line, so that no place stands alone."""
    words = text.split(" ")
    if len(words) > 1 and len(words[-1]) + len(words[-2]) < NARROWEST - 2:
        words[-2:] = [f"{words[-2]}\xa0{words[-1]}"]
    return [_Word(w.replace("\xa0", " ")) for w in words if w]


def _cut_to(word: str, room: int) -> list[str]:
    """*word* in pieces of at most *room* columns."""
    if width(word) <= room:
        return [word]
    pieces, piece, used = [], "", 0
    for c in word:
        w = width(c)
        if used + w > room and piece:
            pieces.append(piece)
            piece, used = "", 0
        piece += c
        used += w
    return [*pieces, piece]
