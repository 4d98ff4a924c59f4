"""Sentences: every number in them comes from a frame, every threshold from the rules.

They say which way is best but not that anything is good; they name no cause but a rule's own.
"""

from oversight_lib.report.narrative.inequalities import (
    changes_within,
    core20plus5_frame,
    coverage,
    deprivation,
    disclosure,
    gradient,
    served,
)
from oversight_lib.report.narrative.opening import disputes, opening, order
from oversight_lib.report.narrative.position import override, position, unscored
from oversight_lib.report.narrative.sources import back_test, cut_points, sources

__all__ = [
    "back_test",
    "changes_within",
    "core20plus5_frame",
    "coverage",
    "cut_points",
    "deprivation",
    "disclosure",
    "disputes",
    "gradient",
    "opening",
    "order",
    "override",
    "position",
    "served",
    "sources",
    "unscored",
]
