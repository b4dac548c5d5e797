"""Text to debate and back."""

from __future__ import annotations

from argmap.formats.reading import Reading

__all__ = ["Reading"]
