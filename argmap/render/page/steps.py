"""In which order a map is shown in class: the cards of one step appear together."""

from __future__ import annotations

from collections.abc import Iterator

from argmap.view import View


def in_order(view: View) -> tuple[str, ...]:
    """The ids of all cards as they are read: each after the one that it hangs below."""
    found: list[str] = []
    ahead = [c.id for c in reversed(view.cards) if c.id not in view.parent]
    while ahead:
        id = ahead.pop()
        found.append(id)
        ahead += reversed(view.below.get(id, ()))
    return tuple(found)


def steps(view: View) -> Iterator[tuple[str, ...]]:
    """The ids of the cards of each step, in reading order, every card once.

    Premises that work together appear together; what strikes a step appears after that step.
    """
    shown: set[str] = set()
    passed: set[str] = set()
    for id in in_order(view):
        if id in shown:
            continue
        if id not in view.parent:
            shown.add(id)
            yield (id,)
            continue
        way: list[str] = []  # the inference by which it hangs, then what that strikes, and so on
        by = view.parent[id]
        while by in view.inference and by not in passed:
            passed.add(by)
            way.append(by)
            by = view.inference[by].head
        for inference in reversed(way):
            new = tuple(t for t in dict.fromkeys(view.inference[inference].tails) if t not in shown)
            shown.update(new)
            if new:
                yield new
