"""Hypothesis strategies for debates, made with `Builder` as readers make them.

`debates` is put together from the smaller ones; each takes an *alphabet*, so that a test can
ask for words that its format can hold.
"""

from __future__ import annotations

import functools
import string
from collections.abc import Sequence

from attrs import evolve
from hypothesis import strategies as st

from argmap.model import (
    MAPPER,
    NO_DATA,
    About,
    ArgumentRef,
    Builder,
    Citation,
    Claim,
    ClaimRef,
    Data,
    Debate,
    Kind,
    Link,
    Markup,
    Reason,
    Ref,
    Sense,
    Source,
    Step,
    StepRef,
    Style,
    Value,
    Voice,
    Wording,
)

Alphabet = st.SearchStrategy[str]

PLAIN: Alphabet = st.sampled_from(string.ascii_letters + string.digits + " ,'-äéłж議")
"""Letters, digits and a little more: nothing that any format gives a meaning."""

WILD: Alphabet = st.characters(exclude_categories=["Cs"])
"""Every character."""

TORN: Alphabet = st.one_of(WILD, st.characters(categories=["Cs"], max_codepoint=0xDBFF))
"""Every character, and first halves of surrogate pairs."""

CLAIMS_ONLY = (Kind.ENTAILMENT, Kind.CONTRARY, Kind.CONTRADICTION, Kind.EQUIVALENCE)


# --- words


@functools.cache
def texts(alphabet: Alphabet = PLAIN, max_size: int = 12) -> st.SearchStrategy[str]:
    """Text that is not blank, without blanks around it."""
    return st.text(alphabet, min_size=1, max_size=max_size).map(str.strip).filter(bool)


def maybe(words: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """*words*, or "" in their place."""
    return st.just("") | words


@functools.cache
def tags(alphabet: Alphabet = PLAIN) -> st.SearchStrategy[tuple[str, ...]]:
    """No tag, or a few different ones."""
    return few(texts(alphabet, 5), unique=True)


def few(of: st.SearchStrategy[str], *, unique: bool = False) -> st.SearchStrategy[tuple[str, ...]]:
    """A tuple of up to two."""
    return st.lists(of, max_size=2, unique=unique).map(tuple)


# --- data


@functools.cache
def values(alphabet: Alphabet = PLAIN) -> st.SearchStrategy[Value]:
    """Any value that data can hold, some levels deep."""
    scalars = st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(allow_nan=False, allow_infinity=False),
        st.text(alphabet, max_size=6),
    )
    return st.recursive(
        scalars,
        lambda inner: st.lists(inner, max_size=2).map(tuple) | _data_of(inner, alphabet),
        max_leaves=4,
    )


@functools.cache
def data(alphabet: Alphabet = PLAIN) -> st.SearchStrategy[Data]:
    """No data, or a key or two, among them keys that formats use themselves."""
    return st.just(NO_DATA) | _data_of(values(alphabet), alphabet)


def _data_of(inner: st.SearchStrategy[Value], alphabet: Alphabet) -> st.SearchStrategy[Data]:
    keys = st.sampled_from(["claim", "data", "title", "version"]) | texts(alphabet, 6)
    return st.dictionaries(keys, inner, max_size=2).map(lambda d: Data(tuple(d.items())))


# --- who says what


@st.composite
def wordings(
    draw: st.DrawFn,
    alphabet: Alphabet = PLAIN,
    *,
    speakers: Sequence[str] = (),
    sources: Sequence[str] = (),
) -> Wording:
    """One wording, by one of *speakers*, citing some of *sources*."""
    words = texts(alphabet)
    voice = draw(st.sampled_from(Voice))
    citation = st.builds(
        Citation, st.sampled_from(["", *sources]), maybe(st.just("¶4") | words), maybe(words)
    )
    return Wording(
        draw(words),
        draw(st.sampled_from(["", *speakers])),
        voice,
        draw(words) if voice is Voice.REPORTED else "",
        tuple(draw(st.lists(citation.filter(lambda c: c != Citation()), max_size=2))),
    )


@functools.cache
def links(alphabet: Alphabet = PLAIN) -> st.SearchStrategy[Link]:
    """What a relation is, beyond its sign; sometimes nothing."""
    return st.builds(
        Link,
        st.none() | st.sampled_from(Sense),
        st.none() | st.sampled_from(About),
        maybe(texts(alphabet)),
        st.just(MAPPER) | texts(alphabet),
    )


def source_works(key: str, alphabet: Alphabet = PLAIN) -> st.SearchStrategy[Source]:
    """A work under *key*."""
    words = maybe(texts(alphabet))
    return st.builds(
        Source,
        st.just(key),
        words,
        few(texts(alphabet)),
        words,
        words,
        words,
        words,
        data(alphabet),
    )


# --- debates


@st.composite
def marked(draw: st.DrawFn, debate: Debate) -> Debate:
    """*debate* with markup on some of its words, and earlier ones shown here and there."""

    def style(w: Wording) -> Wording:
        if not w.text or not draw(st.booleans()):
            return w
        start = draw(st.integers(0, len(w.text) - 1))
        stop = draw(st.integers(start + 1, len(w.text)))
        to = draw(st.sampled_from(["", "[A]"]))
        return evolve(w, markup=(Markup(draw(st.sampled_from(Style)), start, stop, to),))

    def claim(c: Claim) -> Claim:
        said = tuple(map(style, c.wordings))
        return evolve(c, wordings=said, shown=draw(st.integers(-1, len(said) - 1)))

    return evolve(debate, claims=tuple(map(claim, debate.claims)))


@st.composite
def debates(draw: st.DrawFn, alphabet: Alphabet = PLAIN, *, size: int = 4) -> Debate:
    """A debate of up to about *size* of everything, with everything a debate can have."""
    b = Builder(title=draw(maybe(texts(alphabet))), data=draw(data(alphabet)))
    keys = _draw_people(draw, b, alphabet)
    if keys:
        b.position = draw(st.sampled_from(["", *keys]))
    works = draw(st.lists(texts(alphabet), max_size=2, unique=True))
    for key in works:
        b.source(draw(source_works(key, alphabet)))
    wording = wordings(alphabet, speakers=keys, sources=works)
    claims = _draw_claims(draw, b, alphabet, wording, size)
    if claims:
        arguments = _draw_arguments(draw, b, alphabet, wording, claims, size)
        _draw_reasons(draw, b, alphabet, keys, claims, size)
        _draw_relations(draw, b, alphabet, claims, arguments, size)
    return b.build()


def _draw_people(draw: st.DrawFn, b: Builder, alphabet: Alphabet) -> list[str]:
    keys = []
    for name in draw(st.lists(texts(alphabet), max_size=3, unique_by=lambda n: n.split()[-1])):
        role = draw(maybe(texts(alphabet)))
        keys.append(b.speaker(name, role=role, data=draw(data(alphabet))).key)
    return keys


def _draw_claims(
    draw: st.DrawFn,
    b: Builder,
    alphabet: Alphabet,
    wording: st.SearchStrategy[Wording],
    size: int,
) -> list[ClaimRef]:
    """Claims with and without titles and words, among headings that skip levels and ask."""
    claims: list[ClaimRef] = []
    for _ in range(draw(st.integers(0, size))):
        if draw(st.booleans()):
            heading = draw(texts(alphabet)) + draw(st.sampled_from(["", "?"]))
            level = draw(st.integers(1, 4))
            b.section(heading, level, tags=draw(tags(alphabet)), data=draw(data(alphabet)))
        old = [c.title for c in claims]
        title = draw(maybe(texts(alphabet)) | st.sampled_from(["", *old]))
        said = draw(wording) if not title or draw(st.booleans()) else None
        ref = b.word_claim(title, said, tags=draw(tags(alphabet)), data=draw(data(alphabet)))
        claims.append(ref)
    return list(dict.fromkeys(claims))


def _draw_arguments(
    draw: st.DrawFn,
    b: Builder,
    alphabet: Alphabet,
    wording: st.SearchStrategy[Wording],
    claims: Sequence[ClaimRef],
    size: int,
) -> list[ArgumentRef | StepRef]:
    """Sketches, and arguments with one step or several."""
    arguments: dict[ArgumentRef, int] = {}
    claim = st.sampled_from(claims)
    for _ in range(draw(st.integers(0, size // 2))):
        gist = draw(st.none() | wording)
        title = draw(maybe(texts(alphabet)))
        ref = b.word_argument(title, gist, tags=draw(tags(alphabet)), data=draw(data(alphabet)))
        if not arguments.setdefault(ref, 0):
            step = st.builds(
                Step,
                st.lists(claim, min_size=1, max_size=3, unique=True).map(tuple),
                claim,
                few(texts(alphabet)),
                data(alphabet),
            )
            steps = draw(st.lists(step, max_size=3))
            if steps:
                b.steps(ref, steps)
            arguments[ref] = len(steps)
    return [*arguments, *(StepRef(a, i) for a, n in arguments.items() for i in range(n))]


def _draw_reasons(
    draw: st.DrawFn,
    b: Builder,
    alphabet: Alphabet,
    keys: Sequence[str],
    claims: Sequence[ClaimRef],
    size: int,
) -> None:
    """Reasons for and against, and reasons why those do not follow."""
    reasons: list[Reason] = []
    words = st.lists(texts(alphabet), min_size=1, max_size=2)
    for _ in range(draw(st.integers(0, size))):
        by = draw(st.sampled_from([None, *keys]))
        rules = draw(few(texts(alphabet)))
        premises = draw(words)
        way = draw(st.sampled_from([b.support, b.rebut, b.undercut]))
        if reasons and way == b.undercut:
            struck = draw(st.sampled_from(reasons))
            reasons.append(b.undercut(struck, premises, by=by, rules=rules))
        else:
            give = b.rebut if way == b.rebut else b.support
            head = draw(st.sampled_from(claims))
            reasons.append(give(head, premises, by=by, rules=rules))


def _draw_relations(
    draw: st.DrawFn,
    b: Builder,
    alphabet: Alphabet,
    claims: Sequence[ClaimRef],
    arguments: Sequence[ArgumentRef | StepRef],
    size: int,
) -> None:
    tails: list[Ref] = [*claims, *(a for a in arguments if isinstance(a, ArgumentRef))]
    for _ in range(draw(st.integers(0, size))):
        kind = draw(st.sampled_from(Kind))
        only = kind in CLAIMS_ONLY
        tail = draw(st.sampled_from(claims if only else tails))
        head = draw(st.sampled_from(claims if only else [*claims, *arguments]))
        b.relate(kind, tail, head, link=draw(st.none() | links(alphabet)))


@st.composite
def disputes(draw: st.DrawFn, *, size: int = 8) -> Debate:
    """Two speakers, and sometimes a third and nobody, who hold, report and concede claims under
    questions or none, rest them on each other, and are tied in every way that a map can say.
    """
    b = Builder(title="Dispute")
    keys = [b.speaker(name).key for name in ("Ana", "Tom", "Kim")]
    claims = [
        b.claim("Ana speaks.", title="first", by="Ana"),
        b.claim("Tom speaks.", title="second", by="Tom"),
    ]
    who = st.sampled_from([*keys[:2] * 4, "Kim", None])
    of_ana = [claims[0]]
    for n in range(draw(st.integers(0, size))):
        if draw(st.integers(0, 2)) == 0:
            b.section(draw(st.sampled_from(["Costs?", "Works?", "Notes"])))
        voice = draw(st.sampled_from(Voice))
        of = "others" if voice is Voice.REPORTED else ""
        by = draw(who)
        claims.append(b.claim(f"Words {n}.", title=f"C{n}", by=by, voice=voice, of=of))
        of_ana += claims[-1:] * (by == "Ana")
    if len(of_ana) > 2:  # reasons for one claim by several ways
        for _ in range(draw(st.integers(0, 2 * len(of_ana)))):
            tail, head = draw(st.permutations(of_ana))[:2]
            b.relate(Kind.SUPPORT, tail, head)
    for _ in range(draw(st.integers(0, 2 * size))):
        tail, head = draw(st.permutations(claims))[:2]
        others = st.sampled_from([c for c in claims if c != head])
        link = draw(st.none() | links())
        way = draw(st.integers(0, 7))
        if way < 5:
            kind = [Kind.SUPPORT, Kind.SUPPORT, Kind.ATTACK, Kind.CONTRARY, Kind.EQUIVALENCE][way]
            b.relate(kind, tail, head, link=link)
        elif way == 5:
            b.rebut(head, draw(st.lists(others, min_size=1, max_size=3)))
        else:
            struck = b.support(head, [tail])
            b.undercut(struck, draw(st.lists(st.sampled_from(claims), min_size=1, max_size=2)))
    return b.build()
