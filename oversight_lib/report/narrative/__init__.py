"""Sentences: every number in them comes from a frame, every threshold from the rules.

They say which way is best but not that anything is good; they name no cause but a rule's own.
"""

from oversight_lib.report.narrative.context import (
    admissions_note,
    contextual_caveat,
    control_notes,
    multiples_caution,
    succession,
    survey_caution,
)
from oversight_lib.report.narrative.opening import disputes, opening, order
from oversight_lib.report.narrative.position import override, position, unscored
from oversight_lib.report.narrative.sources import back_test, cut_points, sources

__all__ = [
    "admissions_note",
    "back_test",
    "contextual_caveat",
    "control_notes",
    "cut_points",
    "disputes",
    "multiples_caution",
    "opening",
    "order",
    "override",
    "position",
    "sources",
    "succession",
    "survey_caution",
    "unscored",
]
