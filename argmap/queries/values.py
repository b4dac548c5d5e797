"""Values of fields: what is written, folded for comparison; numbers; dates."""

from __future__ import annotations

import re
import unicodedata

from attrs import frozen

from argmap.errors import UnknownName
from argmap.queries.fields import Field, Sort

_ORDERED = ("<", "<=", ">", ">=")
_NUMBER = re.compile(r"(?:¶|pp?\.)?\s*(\d{1,9})")
_DECIMAL = re.compile(r"[-+]?\d{1,15}(?:\.\d{1,15})?")
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_LONGEST = 40  # characters that a message repeats
_SAME = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\xa0": " "})


def folded(said: str) -> str:
    """*said* as it is compared: without regard to case, blanks, kinds of quotation marks, and
    ways to write one and the same letter.

    >>> folded("The  Teachers’ UNION")
    "the teachers' union"
    """
    if not said.isascii():
        said = unicodedata.normalize("NFC", said.translate(_SAME))
    return " ".join(said.casefold().split())


def plain(field: Field, written: str) -> str:
    """As `folded`, without what people write or leave out in such a field: ``#``, ``?``."""
    said = folded(written)
    match field.name:
        case "tag":
            return said.removeprefix("#").removeprefix("(").removesuffix(")")
        case "issue":
            return said.rstrip("?\uff1f\u061f\u037e ")
        case _:
            return said


@frozen
class Days:
    """From the first day to the last, each as a number that grows with time."""

    first: int
    last: int


def days(written: str) -> Days | None:
    """The days that a date means: of a year, a month, or one day. None if it is no such date.

    >>> days("2021-08"), days("in summer")
    (Days(first=20210800, last=20210899), None)
    """
    found = _DATE.fullmatch(written.strip())
    if found is None or not ("01" <= (found[2] or "01") <= "12" and (found[3] or "01") <= "31"):
        return None
    year, month, day = found.groups()
    return Days(
        int(year + (month or "00") + (day or "00")), int(year + (month or "99") + (day or "99"))
    )


def number(written: str) -> int | None:
    """A whole number, also behind ``¶`` or ``p.``."""
    found = _NUMBER.fullmatch(written.strip())
    return int(found[1]) if found else None


def decimal(written: str) -> float | None:
    """A number as data have them."""
    written = written.strip()
    return float(written) if _DECIMAL.fullmatch(written) else None


def cut(said: str) -> str:
    """*said* in quotation marks as messages repeat it: no more than its beginning.

    >>> cut("Ana"), len(cut("x" * 1000))
    ("'Ana'", 43)
    """
    return repr(said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…")


def _is_number(written: str) -> bool:
    return decimal(written) is not None


def canonical(field: Field, written: str) -> str:
    """*written* as a test keeps it."""
    match field.sort:
        case Sort.CHOICE:
            return folded(written)
        case Sort.NUMBER:
            found = number(written)
            return written if found is None else str(found)
        case _:
            return written


def fault(field: Field, operator: str, written: str) -> tuple[str, str] | None:
    """What is wrong with a value that *field* is held against, and what helps."""
    if not folded(written):
        help = f"write what it must be; {field.name} alone asks whether there is anything"
        return "this value is empty", help
    match field.sort:
        case Sort.CHOICE:
            return _choice(field, operator, written)
        case Sort.NUMBER if number(written) is None:
            return f"{field.name} is a whole number, not {cut(written)}", f"write {field.name}=12"
        case Sort.DATE if operator not in (":", "!:") and days(written) is None:
            help = "write 2021, 2021-08 or 2021-08-25; : looks for words in a date"
            return f"{cut(written)} is no date that can be compared", help
        case Sort.ANY if operator in _ORDERED and not (days(written) or _is_number(written)):
            help = "write a number, or a date such as 2021-08-25"
            return f"{cut(written)} is neither more nor less than anything", help
        case _:
            return None


def _choice(field: Field, operator: str, written: str) -> tuple[str, str] | None:
    said = folded(written)
    contained = operator in (":", "!:") and any(said in c for c in field.choices)
    if said in field.choices or contained:
        return None
    message = str(UnknownName(field.name, cut(written)[1:-1], field.choices))
    return message, f"it is one of {', '.join(field.choices)}"
