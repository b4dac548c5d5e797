"""Advice for beginners: what a teacher would say of a map that reads without an error."""

from argmap.advice.study import Rule
from argmap.advice.table import RULES, advise, silenced

__all__ = ["RULES", "Rule", "advise", "silenced"]
