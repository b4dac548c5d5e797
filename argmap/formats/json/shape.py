"""What a file is made of: the keys that each kind of object must have and may have.

The schema says what they mean. The tests hold both against each other and against the model.
"""

from __future__ import annotations

from attrs import frozen

FORMAT = "argmap"
VERSION = 1


@frozen
class Shape:
    """The keys of one kind of object: those it *needs*, and those it *may* have."""

    needs: tuple[str, ...]
    may: tuple[str, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        return self.needs + self.may


FILE = Shape(
    ("format",),  # and a version, but to one that is missing `head` has more to say
    (
        *("$schema", "version", "title", "position", "claims", "arguments", "relations"),
        *("sections", "speakers", "sources", "issues", "data"),
    ),
)
CLAIM = Shape(("title",), ("wordings", "tags", "section", "data", "shown"))
ARGUMENT = Shape(("title",), ("gists", "steps", "tags", "section", "data", "shown"))
WORDING = Shape((), ("text", "by", "voice", "of", "credit", "cited", "markup"))
MARKUP = Shape(("style", "first", "last"), ("to",))
CITATION = Shape((), ("source", "at", "quote"))
STEP = Shape(("premises", "conclusion"), ("rules", "data"))
RELATION = Shape(("kind", "tail", "head"), ("origin", "because", "link"))
LINK = Shape((), ("as", "about", "because", "by"))
REF = Shape((), ("claim", "argument", "step"))
SECTION = Shape(("path", "title"), ("level", "tags", "data", "markup"))
SPEAKER = Shape(("key",), ("name", "role", "data"))
SOURCE = Shape(("key",), ("title", "authors", "date", "place", "url", "file", "data"))
ISSUE = Shape(("question", "section"), ("refs",))
