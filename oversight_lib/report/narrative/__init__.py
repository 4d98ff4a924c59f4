"""Sentences: every number in them comes from a frame, every threshold from the rules.

They say which way is best but not that anything is good; they name no cause but a rule's own.
"""

from oversight_lib.report.narrative.board import consequences, questions
from oversight_lib.report.narrative.changes import changes
from oversight_lib.report.narrative.context import (
    admissions_note,
    contextual_caveat,
    control_notes,
    multiples_caution,
    succession,
    survey_caution,
)
from oversight_lib.report.narrative.distance import distance
from oversight_lib.report.narrative.firmness import firmness, leave_out, watch_list
from oversight_lib.report.narrative.gradients import changes_within, gradient
from oversight_lib.report.narrative.headline import headline
from oversight_lib.report.narrative.inequalities import (
    core20plus5_frame,
    coverage,
    deprivation,
    disclosure,
    served,
)
from oversight_lib.report.narrative.opening import disputes, finder, opening, order
from oversight_lib.report.narrative.peers import peers
from oversight_lib.report.narrative.position import override, position, unscored
from oversight_lib.report.narrative.ranges import ranges
from oversight_lib.report.narrative.rules import two_years
from oversight_lib.report.narrative.sources import back_test, cut_points, sources

__all__ = [
    "admissions_note",
    "back_test",
    "changes",
    "changes_within",
    "consequences",
    "contextual_caveat",
    "control_notes",
    "core20plus5_frame",
    "coverage",
    "cut_points",
    "deprivation",
    "disclosure",
    "disputes",
    "distance",
    "finder",
    "firmness",
    "gradient",
    "headline",
    "leave_out",
    "multiples_caution",
    "opening",
    "order",
    "override",
    "peers",
    "position",
    "questions",
    "ranges",
    "served",
    "sources",
    "succession",
    "survey_caution",
    "two_years",
    "unscored",
    "watch_list",
]
