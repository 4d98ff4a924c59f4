"""The difference between two framework years, in words, rule by rule."""

from dataclasses import dataclass

from oversight_lib.rules.base import Evidence
from oversight_lib.rules.model import Framework
from oversight_lib.rules.words import in_words


@dataclass(frozen=True, slots=True)
class Difference:
    """One subject that two framework years do not say the same of, with the evidence of each."""

    number: int
    id: str
    subject: str
    old: str
    new: str
    old_evidence: Evidence
    new_evidence: Evidence


def compare(old: Framework, new: Framework) -> tuple[Difference, ...]:
    """Return every subject of which the two say something else, in the order of the subjects.

    What one of them does not know differs from anything the other says.
    """
    return tuple(
        Difference(one.number, one.id, one.subject, one.says, other.says,
                   one.evidence, other.evidence)
        for one, other in zip(in_words(old), in_words(new), strict=True)
        if (one.says, one.evidence) != (other.says, other.evidence)
    )  # fmt: skip
