"""A map in the shape that ``argdown json`` writes, so that programs made for that can read it.

What has no title is called ``Untitled 1``, ``Untitled 2``… in the order of the text. Beside what
``argdown json`` writes there are always ``map`` and ``frontMatter``.
"""

from __future__ import annotations

import bisect
import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from attrs import define, evolve, field

from argmap.formats.reading import no_collection
from argmap.graph import WORDS, Edge, Graph, Group, Node, canonical
from argmap.graph.build import Stage, staged, to_graph
from argmap.graph.colour import Palette, tags_in_order
from argmap.graph.relations import lines
from argmap.model import (
    Argument,
    ArgumentRef,
    Claim,
    ClaimRef,
    Data,
    Debate,
    Markup,
    Occurrence,
    Part,
    Ref,
    Relation,
    Step,
    StepRef,
    Style,
    Value,
    is_made_up,
)
from argmap.render.argdown.words import tag_class
from argmap.settings import Settings
from argmap.text import Span, Text

_Object: TypeAlias = dict[str, Any]

_PCS = (Part.PREMISE, Part.CONCLUSION, Part.MAIN)
_USED = {
    Part.BLOCK: "isUsedAsTopLevelStatement",
    Part.RELATION: "isUsedAsRelationStatement",
    Part.PREMISE: "isUsedAsPremise",
    Part.CONCLUSION: "isUsedAsIntermediaryConclusion",
    Part.MAIN: "isUsedAsMainConclusion",
}
_SPACE = re.compile(r"\s*")
_NEWLINE = re.compile(r"\r\n|\n|\r")


def argdown_json(debate: Debate, settings: Settings, texts: Sequence[Text] = ()) -> str:
    """*debate* and its map in that shape; *texts* are those it was read from."""
    with no_collection():
        stage = staged(debate, settings)
        graph = to_graph(stage, settings)
        places = _Places({t.name: t for t in texts})
        return _Writer(debate, settings, stage, graph, places).body()


@define
class _Places:
    """Lines and columns, from 1, in *texts*."""

    texts: Mapping[str, Text]
    _starts: dict[str, list[int]] = field(factory=dict)

    def of(self, span: Span | None) -> _Object:
        """Where *span* begins and where its last character stands; nothing if no text has it."""
        if span is None or span.name not in self.texts:
            return {}
        body = self.texts[span.name].body
        starts = self._starts.get(span.name)
        if starts is None:
            starts = [0, *(m.end() for m in _NEWLINE.finditer(body))]
            self._starts[span.name] = starts
        start, stop = span.start, span.stop
        if start < stop and body[start] in " \t\r\n":
            found = _SPACE.match(body, start, stop)
            start = found.end() if found else start
        line = bisect.bisect_right(starts, start)
        last = bisect.bisect_right(starts, stop - 1, line - 1) if stop > start else line
        return {
            "startLine": line,
            "startColumn": start - starts[line - 1] + 1,
            "endLine": last,
            "endColumn": stop - starts[last - 1],
        }


@define
class _Writer:
    debate: Debate
    settings: Settings
    stage: Stage
    graph: Graph
    places: _Places
    names: dict[Ref, str] = field(factory=dict)
    sections: dict[tuple[int, ...], str] = field(factory=dict)
    _relations: dict[Ref, list[_Object]] = field(factory=dict)
    _lines: dict[Span, _Object] = field(factory=dict)  # premises and conclusions, by their place

    def body(self) -> str:
        self.names = _names(self.stage)
        self.sections = {s.path: f"s{n}" for n, s in enumerate(self.debate.sections, 1)}
        relations = [self._relation(r) for r in self.stage.debate.relations]
        palette = Palette(self.settings.color, tags_in_order(self.stage.debate))
        claims = self._claims(palette)
        arguments = self._arguments(palette, claims)
        parts = {
            "arguments": _encoded({a["title"]: a for a in arguments}),
            "statements": _encoded(claims),
            "relations": _encoded(relations),
            "sections": _nested(self._sections(palette)),
            "tags": _encoded(self._tags(palette)),
            "map": f'{{"nodes":{_nested(self._nodes())},"edges":{_encoded(self._edges())}}}',
            "frontMatter": _encoded(_plain(self.debate.front)),
        }
        whole = "{" + ",\n".join(f'"{key}":{said}' for key, said in parts.items()) + "}\n"
        try:
            whole.encode()
        except UnicodeEncodeError:  # half characters, which JSON can only name
            return _HALF.sub(lambda m: f"\\u{ord(m[0]):04x}", whole)
        return whole

    # --- relations

    def _relation(self, r: Relation) -> _Object:
        made: _Object = {"type": "relation", "relationType": WORDS[r.kind]}
        made["from"], made["fromType"] = self._end(r.tail)
        made["to"], made["toType"] = self._end(r.head)
        if isinstance(r.head, StepRef):
            made["conclusionIndex"] = self._conclusions(r.head.argument)[r.head.index]
        self._relations.setdefault(r.tail, []).append(made)
        if r.head != r.tail:
            self._relations.setdefault(r.head, []).append(made)
        return made

    def _end(self, ref: Ref) -> tuple[str, str]:
        match ref:
            case ClaimRef():
                return self.names[ref], "equivalence-class"
            case ArgumentRef():
                return self.names[ref], "argument"
            case StepRef():
                return self.names[ref.argument], "inference"

    def _conclusions(self, ref: ArgumentRef) -> list[int]:
        """Which lines of an argument, counted from 0, are conclusions."""
        found = lines(self.stage.debate.argument(ref.title))
        return [n for n, (_, part) in enumerate(found) if part is not Part.PREMISE]

    # --- statements

    def _claims(self, palette: Palette) -> dict[str, _Object]:
        found: dict[str, _Object] = {}
        keys, of = self.stage.keys, self.stage.sections.of
        for c in self.stage.debate.claims:
            title = self.names[c.ref]
            made: _Object = {
                "type": "equivalence-class",
                "title": title,
                "relations": self._relations.get(c.ref, []),
                "members": [self._statement(o, title, c) for o in c.occurrences]
                or [_worded(w.text, title) for w in c.wordings],
            }
            self._common(made, c, keys[c.ref], of.get(c.ref))
            for o in c.occurrences:
                used = _USED.get(o.part)
                if used is not None:
                    made[used] = True
            self._coloured(made, c, palette)
            found[title] = made
        return found

    def _statement(self, o: Occurrence, title: str, thing: Claim | Argument) -> _Object:
        """An occurrence of *thing*, which is called *title*."""
        made: _Object = {"type": "statement"}
        described = isinstance(thing, Argument)
        if described:
            made["role"] = "argument-description"
            made["isTopLevel"] = o.part is Part.BLOCK
        elif o.part is not Part.ITEM:
            made["role"] = o.part.value
            if o.part is Part.BLOCK:
                made["isTopLevel"] = True
        made["title"] = title
        text, markup = o.text, o.markup
        if markup and self.settings.model.remove_tags_from_text:
            words = canonical(evolve(thing, occurrences=(o,)), tags=False)
            text, markup = words.text, words.markup
        if text or described:
            made["text"] = text
        if not o.defined:
            made["isReference"] = True
        if markup:
            made["ranges"] = [_range(m) for m in markup]
        if o.tags:
            made["tags"] = list(o.tags)
        made.update(self.places.of(o.span))
        if o.data:
            made["data"] = _plain(o.data)
        if o.section in self.sections:
            made["section"] = self.sections[o.section]
        if o.part in _PCS and o.span is not None:
            self._lines[o.span] = made
        return made

    def _common(
        self, made: _Object, thing: Claim | Argument, keys: Data, section: str | None
    ) -> None:
        if thing.tags:
            made["tags"] = list(thing.tags)
        if keys:
            made["data"] = _plain(keys)
        if section:
            made["section"] = section

    def _coloured(self, made: _Object, thing: Claim | Argument, palette: Palette) -> None:
        colour, font = palette.of(thing, self.stage.keys[thing.ref])
        made["fontColor"] = font
        if colour:
            made["color"] = colour

    # --- arguments

    def _arguments(self, palette: Palette, claims: Mapping[str, _Object]) -> Iterator[_Object]:
        keys, of = self.stage.keys, self.stage.sections.of
        originals = {a.ref: a for a in self.debate.arguments}
        for a in self.stage.debate.arguments:
            title = self.names[a.ref]
            written = originals.get(self.stage.wholes.get(a.ref, a.ref), a).lines
            pcs = self._structure(a, title, written, claims)
            members = [self._statement(o, title, a) for o in a.occurrences] or [
                {**_worded(w.text, title), "role": "argument-description"} for w in a.gists
            ]
            if pcs and written:
                _give(members, a.occurrences, written[0], pcs)
            made: _Object = {
                "type": "argument",
                "relations": self._relations.get(a.ref, []),
                "members": members,
                "pcs": pcs,
                "title": title,
            }
            self._common(made, a, keys[a.ref], of.get(a.ref))
            if written:
                first, last = self.places.of(written[0].span), self.places.of(written[-1].span)
                made |= {k: v for k, v in first.items() if k.startswith("start")}
                made |= {k: v for k, v in last.items() if k.startswith("end")}
            self._coloured(made, a, palette)
            yield made

    def _structure(
        self,
        a: Argument,
        title: str,
        written: Sequence[Occurrence],
        claims: Mapping[str, _Object],
    ) -> list[_Object]:
        """The premises and conclusions of *a*; the places *written* may be those of a whole."""
        made: list[_Object] = []
        steps = iter(a.steps)
        places: dict[Ref, _Object] = {}
        own = bool(written) and written is a.lines
        for o in written:
            if o.ref is not None and o.span in self._lines:
                places[o.ref] = self._lines[o.span]
        for n, (claim, part) in enumerate(lines(a)):
            span = written[n].span if own else None
            line = self._lines.get(span) if span else None
            if line is None and claim in places:
                line = dict(places[claim])
            if line is None:
                worded = self.debate.claim(claim.title)
                line = _worded(worded.text if worded.wordings else "", self.names[claim])
                claims[line["title"]]["members"].append(line)
            line["role"] = part.value
            whole = claims[line["title"]]
            whole.setdefault(_USED[part], True)
            if part is Part.MAIN:
                whole.setdefault(_USED[Part.CONCLUSION], False)
            line["argumentTitle"] = title
            if part is not Part.PREMISE:
                line["inference"] = self._inference(next(steps), a, title, n)
                if claim in places:  # what rests on it in another part says so too
                    places[claim] |= {"argumentTitle": title, "inference": line["inference"]}
            made.append(line)
        return made

    def _inference(self, step: Step, a: Argument, title: str, index: int) -> _Object:
        ref = StepRef(a.ref, a.steps.index(step) if len(a.steps) > 1 else 0)
        made: _Object = {
            "type": "inference",
            "relations": self._relations.get(ref, []),
            "inferenceRules": list(step.rules),
            **self.places.of(step.span),
        }
        if step.data:
            made["data"] = _plain(step.data)
        return made | {"conclusionIndex": index, "argumentTitle": title}

    # --- sections and tags

    def _sections(self, palette: Palette) -> list[_Object]:
        roots: list[_Object] = []
        made: dict[str, _Object] = {}
        written = {
            id: s for s, id in zip(self.debate.sections, self.sections.values(), strict=True)
        }
        ends = dict(self._ends())
        for place in self.stage.sections.places.values():
            section: _Object = {
                "type": "section",
                "id": place.id,
                "level": place.level,
                "title": place.title,
                "children": [],
            }
            if place.tags:
                section["tags"] = list(place.tags)
            if place.path:
                s = written[place.id]
                where = self.places.of(s.span)
                markup = s.occurrence.markup if s.occurrence else s.markup
                section["ranges"] = [_range(m) for m in markup]
                section |= {k: v for k, v in where.items() if k.startswith("start")}
                section |= ends.get(place.id, {})
            if place.data:
                section["data"] = _plain(place.data)
            section["isGroup"] = place.is_group
            if place.closed:
                section["isClosed"] = True
            if place.under:
                section["parent"] = place.under
            colour, section["fontColor"] = palette.of_group(place, place.level)
            if colour:
                section["color"] = colour
            made[place.id] = section
            (made[place.under]["children"] if place.under else roots).append(section)
        return roots

    def _ends(self) -> Iterator[tuple[str, _Object]]:
        """Where each section ends: before the next one that is not below it."""
        open_: list[tuple[int, str, str]] = []
        for s in self.debate.sections:
            start = self.places.of(s.span)
            while open_ and open_[-1][0] >= s.level:
                _, id, name = open_.pop()
                if s.span and s.span.name == name and start:
                    yield id, {"endLine": start["startLine"] - 1, "endColumn": 0}
            open_.append((s.level, self.sections[s.path], s.span.name if s.span else ""))
        for _, id, name in open_:
            if name in self.places.texts:
                body = self.places.texts[name].body.rstrip()
                where = self.places.of(Span(name, 0, len(body)))
                yield id, {k: v for k, v in where.items() if k.startswith("end")}

    def _tags(self, palette: Palette) -> _Object:
        found: _Object = {}
        given = dict(self.settings.color.tag_colors.items)
        for n, tag in enumerate(palette.tags):
            made = found[tag] = {"tag": tag, "cssClass": tag_class(tag), "occurrenceIndex": n}
            colour = tag_colour(tag, n, self.settings)
            if colour:
                made["color"] = colour
            said = given.get(tag)
            if isinstance(said, Data) and said.get("priority") is not None:
                made["priority"] = _plain(said.get("priority"))
        return found

    # --- the map

    def _nodes(self) -> list[_Object]:
        roots: list[_Object] = []
        made: dict[str, _Object] = {}
        above: dict[str, str] = {}
        for child in self.graph:
            node = self._group(child) if isinstance(child, Group) else self._node(child)
            under = above.get(child.id)
            if isinstance(child, Group):
                if under:
                    node["parent"] = under
                above.update((c.id, child.id) for c in child.children)
                made[child.id] = node
            (made[under]["children"] if under else roots).append(node)
        return roots

    def _node(self, n: Node) -> _Object:
        made: _Object = {
            "id": n.id,
            "title": self.names[n.ref],
            "type": "argument-map-node" if n.is_argument else "statement-map-node",
        }
        if n.title:
            made["labelTitle"] = self.names[n.ref] if is_made_up(n.ref.title) else n.title
        if n.text:
            made["labelText"] = n.text
        if n.tags:
            made["tags"] = list(n.tags)
        if n.colour:
            made["color"] = n.colour
        made["fontColor"] = n.font_colour
        return made

    def _group(self, g: Group) -> _Object:
        made: _Object = {"id": g.id, "title": g.title, "type": "group-map-node"}
        if g.colour:
            made["color"] = g.colour
        made |= {"fontColor": g.font_colour, "level": g.level, "labelTitle": g.title}
        if g.closed:
            made["isClosed"] = True
        return made | {"children": []}

    def _edges(self) -> Iterator[_Object]:
        for n, e in enumerate(self.graph.edges, 1):
            made: _Object = {
                "id": f"e{n}",
                "type": "map-edge",
                "relationType": WORDS[e.kind],
                "from": e.tail,
                "to": e.head,
            }
            tail, head = self._classes(e)
            if isinstance(tail, ClaimRef):
                made["fromEquivalenceClass"] = self.names[tail]
            if isinstance(head, ClaimRef):
                made["toEquivalenceClass"] = self.names[head]
            yield made

    def _classes(self, e: Edge) -> tuple[Ref | None, Ref | None]:
        """The claims that are the ends of *e*; where it draws a premise, that claim is both."""
        if e.relation is not None:
            return e.relation.tail, e.relation.head
        ends = [self.graph.by_id[e.tail], self.graph.by_id[e.head]]
        refs = [n.ref for n in ends if isinstance(n, Node)]
        claim: Ref | None = next((r for r in refs if isinstance(r, ClaimRef)), None)
        if claim is None and isinstance(ends[0], Node):
            claim = self.stage.debate.argument(ends[0].ref.title).conclusion
        return claim, claim


def tag_colour(tag: str, number: int, settings: Settings) -> str:
    """The colour of *tag*, the *number*th of all, counted from 0; "" if it has none."""
    from argmap.graph.colour import colour

    given = dict(settings.color.tag_colors.items)
    return colour(given[tag] if tag in given else number + 1, settings.color.color_scheme)


# --- names


def _names(stage: Stage) -> dict[Ref, str]:
    """What everything is called: by its title, or ``Untitled`` and a number."""
    debate = stage.debate
    names: dict[Ref, str] = {t.ref: t.title for t in debate.things}
    taken = {t for t in names.values() if t.startswith("Untitled ")}
    number = 0
    for ref in _in_order(stage):
        number += 1
        while f"Untitled {number}" in taken:
            number += 1
        names[ref] = f"Untitled {number}"
    for part, whole in stage.wholes.items():
        if whole in names and part in names and is_made_up(whole.title):
            names[part] = names[whole] + names[part][len(whole.title) :]
    return names


def _in_order(stage: Stage) -> list[Ref]:
    """What has no title, in the order of the text; an argument goes before its first premise."""
    found: list[tuple[tuple[int, int, int], Ref]] = []
    texts: dict[str, int] = {}
    wholes: dict[Ref, Ref] = dict(stage.wholes)
    seen: dict[Ref, None] = {}
    for n, t in enumerate(stage.debate.things):
        ref = wholes.get(t.ref, t.ref)
        if not is_made_up(t.title) or ref in seen:
            continue
        seen[ref] = None
        at = [o.span for o in t.occurrences if o.span is not None]
        if isinstance(t, Argument) and not at:
            at = [s for o in t.lines if (s := o.span) is not None]
            at = at or [s.span for s in t.steps if s.span is not None]
        first = min(at, key=lambda s: (texts.setdefault(s.name, len(texts)), s.start), default=None)
        place = (texts[first.name], first.start) if first else (len(texts), n)
        found.append(((*place, isinstance(t, Claim)), ref))
    return [ref for _, ref in sorted(found, key=lambda f: f[0])]


def _give(
    members: list[_Object], places: Sequence[Occurrence], first: Occurrence, pcs: list[_Object]
) -> None:
    """Give *pcs* to the one of *members* that stands right above its *first* line."""
    above = [
        m
        for m, o in zip(members, places, strict=False)
        if o.span and first.span and o.part is Part.BLOCK and o.span.name == first.span.name
        and o.span.start < first.span.start
    ]  # fmt: skip
    if above:
        above[-1]["pcs"] = pcs


# --- values


def _worded(text: str, title: str) -> _Object:
    made: _Object = {"type": "statement", "role": "top-level-statement", "title": title}
    return made | ({"text": text} if text else {"isReference": True})


def _range(m: Markup) -> _Object:
    """*m* as it is written there; *stop* is the last character."""
    made: _Object = {"type": m.style.value, "start": m.start, "stop": m.stop - 1}
    match m.style:
        case Style.LINK:
            made["url"] = m.to
        case Style.TAG:
            made["tag"] = m.to
        case Style.MENTION:
            argument = m.to.startswith("<")
            made["type"] = "argument-mention" if argument else "statement-mention"
            made["title"] = m.to[1:-1]
        case Style.BOLD | Style.ITALIC:
            pass
    return made


def _plain(value: Value) -> Any:
    """*value* as JSON has it; a number that JSON cannot hold is null, as in Argdown's tools."""
    if isinstance(value, Data):
        return {k: _plain(v) for k, v in value.items}
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)
_HALF = re.compile("[\ud800-\udfff]")


def _encoded(value: Mapping[str, Any] | Iterable[_Object]) -> str:
    return _ENCODER.encode(value if isinstance(value, Mapping) else list(value))


def _nested(roots: Sequence[_Object]) -> str:
    """*roots* with their children, however deep: they come last in each."""
    parts = ["["]
    todo: list[_Object | str] = []

    def add(siblings: Sequence[_Object]) -> None:
        for n, s in enumerate(reversed(siblings)):
            if n:
                todo.append(",")
            todo.append(s)

    add(roots)
    while todo:
        item = todo.pop()
        if isinstance(item, str):
            parts.append(item)
            continue
        children = item.pop("children", None)
        said = _ENCODER.encode(item)
        if children is None:
            parts.append(said)
            continue
        parts.append(f'{said[:-1]},"children":[')
        todo.append("]}")
        add(children)
    parts.append("]")
    return "".join(parts)
