"""Ways through a debate, none of them recursive: a chain of any length can be followed."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

from argmap.model.core import Argument, ArgumentRef, Claim, ClaimRef, Debate, Ref, StepRef

_N = TypeVar("_N", bound=Hashable)


def whole(ref: Ref) -> ClaimRef | ArgumentRef:
    """The claim or argument that *ref* is, or is a step of."""
    return ref.argument if isinstance(ref, StepRef) else ref


def thing(debate: Debate, ref: ClaimRef | ArgumentRef) -> Claim | Argument:
    """The claim or argument that *ref* names."""
    match ref:
        case ClaimRef(title):
            return debate.claim(title)
        case ArgumentRef(title):
            return debate.argument(title)


def bearings(debate: Debate) -> dict[ClaimRef | ArgumentRef, list[ClaimRef | ArgumentRef]]:
    """What each claim and argument bears on, in order: heads of relations, and through steps.

    A premise bears on its argument, an argument on its conclusions. Symmetric relations bear on
    nothing: they have no direction.
    """
    found: dict[ClaimRef | ArgumentRef, list[ClaimRef | ArgumentRef]] = {
        t.ref: [] for t in debate.things
    }
    for a in debate.arguments:
        made = {s.conclusion for s in a.steps}
        for p in a.premises:
            found[p].append(a.ref)
        found[a.ref] += [c for c in dict.fromkeys(s.conclusion for s in a.steps) if c in made]
    for r in debate.relations:
        if not r.kind.symmetric:
            found[whole(r.tail)].append(whole(r.head))
    return found


def reasons(
    debate: Debate,
) -> tuple[list[ClaimRef | ArgumentRef], dict[int, list[int]]]:
    """All claims and arguments, and what each speaks for, by its place in that list: what is a
    reason, in the end, for what it rests on itself goes in a circle. Objections do not.
    """
    refs: list[ClaimRef | ArgumentRef] = [t.ref for t in debate.things]
    at = {ref: n for n, ref in enumerate(refs)}
    graph: dict[int, list[int]] = {n: [] for n in range(len(refs))}
    for a in debate.arguments:
        if a.steps:
            made = dict.fromkeys(s.conclusion for s in a.steps)
            for p in a.premises:
                graph[at[p]].append(at[a.ref])
            graph[at[a.ref]] += [at[c] for c in made]
    for r in debate.relations:
        if r.kind.speaks_for and not r.kind.symmetric:
            tail, head = at[whole(r.tail)], at[whole(r.head)]
            if tail != head:
                graph[tail].append(head)
    return refs, graph


def core(graph: dict[int, list[int]]) -> dict[int, list[int]]:
    """*graph* without what lies on no circle: what has no way on is taken off, again and again
    (Kahn 1962).
    """
    into: dict[int, list[int]] = {}
    ways = {n: len(heads) for n, heads in graph.items()}
    for n, heads in graph.items():
        for h in heads:
            into.setdefault(h, []).append(n)
    todo = [n for n, count in ways.items() if not count]
    while todo:
        n = todo.pop()
        del ways[n]
        for tail in into.get(n, ()):
            ways[tail] -= 1
            if not ways[tail]:
                todo.append(tail)
    return {n: [h for h in graph[n] if h in ways] for n in ways}


def roots(debate: Debate) -> tuple[ClaimRef | ArgumentRef, ...]:
    """What bears on nothing, in the order of the text: where an outline begins."""
    return tuple(ref for ref, heads in bearings(debate).items() if not heads)


def circles(graph: Mapping[_N, Sequence[_N]]) -> list[list[_N]]:
    """The circles of *graph*, one for each set of nodes that all reach each other.

    Each is a shortest one through its first node, begun there. Tarjan's strongly connected
    components (1972), with a stack of our own.
    """
    return [_shortest(graph, part) for part in _components(graph) if _turns(graph, part)]


def _turns(graph: Mapping[_N, Sequence[_N]], part: Sequence[_N]) -> bool:
    return len(part) > 1 or part[0] in graph.get(part[0], ())


def _components(graph: Mapping[_N, Sequence[_N]]) -> list[list[_N]]:
    """Strongly connected components, each in the order of *graph*, ordered by their first node."""
    order = {n: i for i, n in enumerate(graph)}
    index: dict[_N, int] = {}
    low: dict[_N, int] = {}
    open_: list[_N] = []
    is_open: set[_N] = set()
    found: list[list[_N]] = []
    for start in graph:
        if start in index:
            continue
        work = [(start, iter(graph[start]))]
        index[start] = low[start] = len(index)
        open_.append(start)
        is_open.add(start)
        while work:
            node, heads = work[-1]
            for head in heads:
                if head not in index:
                    index[head] = low[head] = len(index)
                    open_.append(head)
                    is_open.add(head)
                    work.append((head, iter(graph.get(head, ()))))
                    break
                if head in is_open:
                    low[node] = min(low[node], index[head])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    part: list[_N] = []
                    while not part or part[-1] != node:
                        part.append(open_.pop())
                        is_open.discard(part[-1])
                    found.append(sorted(part, key=order.__getitem__))
    return sorted(found, key=lambda part: order[part[0]])


def _shortest(graph: Mapping[_N, Sequence[_N]], part: Iterable[_N]) -> list[_N]:
    """The shortest circle through the first node of *part*, breadth first."""
    inside = dict.fromkeys(part)
    first = next(iter(inside))
    came: dict[_N, _N] = {}
    row = [first]
    while row:
        following: list[_N] = []
        for node in row:
            for head in graph.get(node, ()):
                if head == first:
                    back = [node]
                    while back[-1] != first:
                        back.append(came[back[-1]])
                    return back[::-1]
                if head in inside and head not in came:
                    came[head] = node
                    following.append(head)
        row = following
    return [first]


def hang(
    nodes: Iterable[_N], edges: Sequence[tuple[Sequence[_N], _N | int]]
) -> tuple[dict[_N, int], dict[_N, list[_N]]]:
    """A forest in a graph whose edges may end on edges: what hangs by which, and below what.

    An edge is its tails, and its head: a node, or the number of another edge, which it strikes.
    A node hangs by the first edge that makes no circle. The children of a node are in the order
    of the edges, those of an edge that strikes another right after the tails of that one.

    A node is the root of its tree until it hangs, so hanging it below *p* makes a circle just if
    it is the root of *p*: found with compressed paths, in nearly linear time. Nodes are never
    whole numbers.
    """
    above = {n: n for n in nodes}
    hangs: dict[_N, int] = {}
    for number, (tails, _) in enumerate(edges):
        head = end(edges, number)
        for t in tails:
            if head is not None and t not in hangs and _top(above, head) != t:
                hangs[t] = number
                above[t] = head
    strikes: dict[int, list[int]] = {}
    tops: dict[_N, list[int]] = {}
    for number, (_, to) in enumerate(edges):
        if isinstance(to, int):
            strikes.setdefault(to, []).append(number)
        else:
            tops.setdefault(to, []).append(number)
    children: dict[_N, list[_N]] = {}
    for node, numbers in tops.items():
        todo = numbers[::-1]
        below: dict[_N, None] = {}
        while todo:
            number = todo.pop()
            below.update((t, None) for t in edges[number][0] if hangs.get(t) == number)
            todo += reversed(strikes.get(number, ()))
        children[node] = list(below)
    return hangs, children


def end(edges: Sequence[tuple[Sequence[_N], _N | int]], number: int) -> _N | None:
    """The node that an edge bears on, through any edges it strikes; None if they go in a ring."""
    seen: set[int] = set()
    while number not in seen:
        seen.add(number)
        head = edges[number][1]
        if not isinstance(head, int):
            return head
        number = head
    return None


def _top(above: dict[_N, _N], node: _N) -> _N:
    """The root of the tree that *node* is in; the way there is made short."""
    path = []
    while above[node] != node:
        path.append(node)
        node = above[node]
    for p in path:
        above[p] = node
    return node
