"""What the first sheet of a workbook says."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Front:
    """What the first sheet says: who made this, from what, whom to ask, and what comes next."""

    title: str
    intro: Sequence[str]
    about: Sequence[str]
    contact: Sequence[str]
