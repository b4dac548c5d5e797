"""Sources as a reader wants them, the same in every output."""

from __future__ import annotations

from argmap.model import Source


def reference(s: Source) -> str:
    """Authors, title, place and date, after the key that citations use; "" if nothing is known.

    >>> reference(Source("Report", "A report on sleep", ("Ana Keller",), "2024-03-02"))
    'Report: Ana Keller, “A report on sleep”, 2024-03-02'
    """
    if s.title in ("", s.key) and not (s.authors or s.date or s.place):
        return ""
    name = f"{s.key}: " if s.key not in (s.title, s.file) else ""
    parts = (", ".join(s.authors), f"“{s.title}”" if s.title else "", s.place, s.date)
    return name + ", ".join(p for p in parts if p)
