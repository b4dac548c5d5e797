"""What can be asked of a claim: the one table of fields."""

from __future__ import annotations

import enum

from attrs import frozen

from argmap.model import About, Sense, Voice
from argmap.model.remarks import VERDICTS
from argmap.view import Role

KEYWORDS = ("and", "or", "not")
DATA = "data"


class Sort(enum.Enum):
    """What stands in a field."""

    WORDS = "words"
    NAME = "name"
    CHOICE = "choice"
    NUMBER = "number"
    DATE = "date"
    CLAIM = "claim"
    ANY = "any"
    FLAG = "flag"

    @property
    def operators(self) -> tuple[str, ...]:
        """The operators that make sense with it."""
        match self:
            case Sort.WORDS | Sort.NAME | Sort.CHOICE | Sort.CLAIM:
                return ("=", "!=", ":", "!:")
            case Sort.NUMBER | Sort.DATE | Sort.ANY:
                return ("=", "!=", ":", "!:", "<", "<=", ">", ">=")
            case Sort.FLAG:
                return ()


@frozen
class Field:
    """A field: its *name*, what stands in it, and a sentence that says so.

    *choices* are the only values it can have; *aliases* are other words for it.
    """

    name: str
    sort: Sort
    sentence: str
    choices: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


def _field(name: str, sort: Sort, sentence: str, *aliases: str) -> Field:
    return Field(name, sort, sentence, (), aliases)


def _choice(name: str, sentence: str, choices: tuple[str, ...], *aliases: str) -> Field:
    return Field(name, Sort.CHOICE, sentence, choices, aliases)


FIELDS: tuple[Field, ...] = (
    _field("speaker", Sort.NAME, "who holds or reports it, by key or full name", "author"),
    _field("credit", Sort.WORDS, "whose it is, as outlines print it"),
    _field("of", Sort.NAME, "whose view is reported"),
    _choice("voice", "how it is said", tuple(v.value for v in Voice)),
    _field("text", Sort.WORDS, "its words"),
    _field("title", Sort.WORDS, "its title, with or without the speaker in front"),
    _field("tag", Sort.NAME, "a tag, with or without #"),
    _field("section", Sort.WORDS, "the heading that it stands under, or one above that"),
    _field("issue", Sort.WORDS, "a question that it is named under or belongs to", "question"),
    _choice("kind", "its part in outlines", tuple(r.name.lower() for r in Role), "role"),
    _field("number", Sort.WORDS, "its number in outlines and pictures"),
    _field("depth", Sort.NUMBER, "its level in outlines: 1 hangs below nothing"),
    _field("file", Sort.WORDS, "the file that it is in"),
    _field("under", Sort.CLAIM, "hangs below such a claim, at once or through others"),
    _field("above", Sort.CLAIM, "such a claim hangs below it, at once or through others"),
    _field("supports", Sort.CLAIM, "is a reason for such a claim, alone or with others"),
    _field("attacks", Sort.CLAIM, "objects to such a claim, or contradicts it"),
    _field("undercuts", Sort.CLAIM, "says that a step from or to such a claim does not follow"),
    _field("supported", Sort.CLAIM, "such a claim is a reason for it"),
    _field("attacked", Sort.CLAIM, "such a claim objects to it, or contradicts it"),
    _field("undercut", Sort.CLAIM, "such a claim says that a step from or to it does not follow"),
    _field(
        "answered",
        Sort.FLAG,
        "another speaker objects to it, undercuts it, qualifies it or is in tension with it",
    ),
    _field("unanswered", Sort.FLAG, "no other speaker does, whatever is said of reasons for it"),
    _choice("link", "what links it to another speaker", tuple(s.value for s in Sense), "sense"),
    _choice("about", "what such a link is about", tuple(a.value for a in About)),
    _field("with", Sort.NAME, "the other speaker of such a link"),
    _field("by", Sort.NAME, "on whose word such a link is: mapper, a source or a speaker"),
    _field("source", Sort.NAME, "a source, by key or title"),
    _field("at", Sort.WORDS, "the place in the source, as it is written"),
    _field("paragraph", Sort.NUMBER, "a paragraph that is cited"),
    _field("page", Sort.NUMBER, "a page that is cited"),
    _field("quote", Sort.WORDS, "what is quoted for it"),
    _field("date", Sort.DATE, "when a source of it is from: 2021, 2021-08 or 2021-08-25"),
    _field("unstated", Sort.FLAG, "the text takes it for granted and does not say it"),
    _choice("verdict", "what became of it", VERDICTS),
    _field("stance", Sort.WORDS, "who holds what of it: rejects, Okafor, or “Okafor rejects”"),
    _field("votes", Sort.NUMBER, "how many voted on it"),
)
"""Every field, in the order in which ``argmap query --fields`` prints them."""

DATA_FIELD = Field(DATA, Sort.ANY, "what the map says of it under KEY, as in data.topic=sleep")

_BY_NAME = {name: f for f in FIELDS for name in (f.name, *f.aliases)}

NAMES = tuple(_BY_NAME)
"""All names of fields, the other words for them as well."""


def named(name: str) -> Field | None:
    """The field called *name*; ``data.KEY`` is one for every key. None if there is none.

    >>> named("Author").name, named("data.topic").name, named("autor")
    ('speaker', 'data', None)
    """
    head, dot, key = name.partition(".")
    if dot:
        return DATA_FIELD if key and head.casefold() == DATA else None
    return _BY_NAME.get(name.casefold())
