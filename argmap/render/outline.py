"""A view as indented text for terminals and plain-text files.

The signs carry the meaning: ``+`` supports, ``-`` objects, ``x`` undercuts; a bracket joins
reasons that work together. Colour only repeats what the signs say.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import frozen

from argmap.model.reference import reference
from argmap.render.entries import (
    Telling,
    aside,
    first_words,
    more_below,
    other,
    part_of,
    step_of,
    struck,
    telling,
    verb,
    who_is,
)
from argmap.text import printable, width
from argmap.view import Card, Inference, View, in_words

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
PLAIN = str.maketrans(
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
"""What stands for our own signs where only ASCII is wanted."""
_COLOURS = {"+": "32", "=": "32", "-": "31", "#": "31", "x": "35", "~": "36"}


def outline(
    view: View,
    *,
    columns: int = 80,
    ascii: bool = False,
    colour: bool = False,
) -> str:
    """*view* as text of at most *columns* columns, as far as deep entries allow.

    It says all that is printed in a picture. What bears on several things stands in full once and
    is referred to elsewhere; what is not shown is counted. With *ascii*, only the words of the map
    themselves can hold other characters.
    """
    told = telling(view)
    signs = _ASCII if ascii else _UNICODE
    return _Outline(told.view, told, columns, signs, colour).text()


@frozen
class _Word:
    text: str
    style: str = ""


@frozen
class _Outline:
    view: View
    told: Telling
    columns: int
    signs: _Signs
    colour: bool

    def text(self) -> str:
        view = self.view
        head = [self._styled(self._clean(view.title), "1")] if view.title else []
        head += self._lines([_words(self._clean(part_of(view)))])
        blocks = [head, *(self._tree(card) for card in self.told.roots)]
        blocks.append(self._lines(self._numbered(q.text, q.cards) for q in view.questions))
        blocks.append(self._lines(self._numbered(f"{g.title}:", g.cards) for g in view.groups))
        people = [who_is(s) for s in view.speakers if s.role or s.full != s.key]
        blocks.append(self._lines([_words(self._clean("; ".join(people)))]))
        notes = [reference(s) for s in view.sources]
        blocks.append(self._lines(_words(self._clean(note)) for note in notes))
        whole = ["\n".join(lines) for lines in blocks if lines]
        return "\n\n".join(whole) + "\n" if whole else ""

    def _lines(self, said: Iterable[list[_Word]]) -> list[str]:
        """Each of what is *said* in lines of its own."""
        return [line for words in said if words for line in self._wrapped(words, "", "  ")]

    def _tree(self, root: Card) -> list[str]:
        """A root and all below it, with a stack, so that any depth will do."""
        lines = self._wrapped(self._body(root, None, 1), "", "  ")
        todo: list[tuple[str, str, bool, int]] = []

        def push(card: str, prefix: str, level: int) -> None:
            if self.view.by_id[card].hidden and not self.view.by_id[card].sees:
                todo.append((card, prefix, True, 0))  # after all others: what is not shown
            below = self.view.below.get(card, ())
            for n in range(len(below) - 1, -1, -1):
                todo.append((below[n], prefix, n == len(below) - 1, level))

        push(root.id, "", 2)
        while todo:
            id, prefix, last, level = todo.pop()
            card = self.view.by_id[id]
            if not level:
                lines.append(f"{prefix}{self.signs.more} {more_below(card)}")
                continue
            inference = self.view.inference[self.view.parent[id]]
            branch = self.signs.corner if last else self.signs.fork
            inner = prefix + ("   " if last else self.signs.pipe) if level <= _DEEPEST else prefix
            mark = inference.mark.sign + self._bracket(inference, id) + " "
            first = prefix + branch + self._styled(mark, _COLOURS[inference.mark.sign])
            words = self._body(card, inference, level)
            lines += self._wrapped(words, first, inner + " " * _HANG, len(prefix) + 6)
            push(id, inner, level + 1)
        lines += self._mutual(root)
        return lines

    def _bracket(self, i: Inference, id: str) -> str:
        if len(i.tails) < 2:
            return " "
        place = i.tails.index(id)
        return self.signs.brackets[0 if place == 0 else 2 if place == len(i.tails) - 1 else 1]

    def _mutual(self, card: Card) -> list[str]:
        """What contradicts a root, or says the same."""
        found = []
        for i in self.told.mutual.get(card.id, ()):
            how = verb(i.mark, other(self.view, i, card).number)
            why = f"({self._clean(aside(i))})" if aside(i) else ""
            said = [*_words(f"{self.signs.mutual} {how}"), *_words(why)]
            found += self._wrapped(said, "", "  ")
        return found

    def _numbered(self, title: str, cards: Sequence[str]) -> list[_Word]:
        """A question or the title of a group, and the numbers of what bears on it, or is in it."""
        numbers = ", ".join(self.view.by_id[c].number for c in cards)
        return [*_words(self._clean(title), "1"), *_words(numbers)]

    # --- one entry

    def _body(self, card: Card, inference: Inference | None, level: int) -> list[_Word]:
        """The words of an entry: number, text, who, where, and what else must be said."""
        if card.sees:
            return self._reference(card, inference, level)
        style = "1" if inference is None else ""
        words = [_Word(card.number, "2" if inference else "1")]
        if card.title:
            words += _words(self._clean(card.title) + ":", "1")
        words += _words(self._clean(card.text), style)
        if card.unstated:
            words += _words("(unstated)")
        if who := self.told.who(card):
            words.append(_Word(self.signs.dash))
            words += _tied(self._clean(who))
        if said := in_words(card):
            words += _words(self._clean(f"{{{said}}}"))
        if url := self.told.url(card):
            words += _words(self._clean(f"<{url}>"))
        if inference is not None:
            words += _words(self._aside(inference, card, level))
        return words

    def _reference(self, card: Card, inference: Inference | None, level: int) -> list[_Word]:
        """Where a card stands in full, and its first words."""
        start = first_words(self._clean(card.text), self.signs.more)
        looped = inference is not None and self.told.is_above(card, inference)
        pointer = self.signs.back if looped else self.signs.see
        words = [*_words(pointer, "2"), _Word(card.number, "2"), *_words(start)]
        if card.whole_credit:
            words += [_Word(self.signs.dash), *_tied(self._clean(card.whole_credit))]
        return words + (_words(self._aside(inference, card, level)) if inference else [])

    def _aside(self, i: Inference, card: Card, level: int) -> str:
        """What an undercut strikes, or what a card bears on that stands no further in than that;
        which argument it is a step of; and what a link between speakers is.
        """
        over = struck(self.view, i, self.signs.hence)
        if not over and level > _DEEPEST:
            over = self.view.by_id[self.view.head_card(i)].number
        step = step_of(i) if card.id == i.tails[0] else ""
        parts = (verb(i.mark, over) if over else "", step, aside(i))
        said = self._clean("; ".join(p for p in parts if p))
        return f"({said})" if said else ""

    def _clean(self, text: str) -> str:
        text = printable(text)
        return text.translate(PLAIN) if self.signs is _ASCII else text

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
