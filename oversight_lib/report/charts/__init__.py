"""Charts: each returns a picture with the words that stand in for it.

Where there is nothing to draw, a chart is a notice that says why instead of an empty picture.
"""

from oversight_lib.report.charts.canvas import Chart
from oversight_lib.report.charts.changes import flows, waterfall
from oversight_lib.report.charts.columns import (
    override,
    segments,
    segments_by_icb,
    segments_by_region,
)
from oversight_lib.report.charts.control import control
from oversight_lib.report.charts.deprivation import (
    deprivation,
    deprivation_by_board,
    served,
)
from oversight_lib.report.charts.domains import averages, domain_profile, domain_strips
from oversight_lib.report.charts.gradients import gradients
from oversight_lib.report.charts.multiples import by_board
from oversight_lib.report.charts.ranges import caterpillar
from oversight_lib.report.charts.scores import metric_scores
from oversight_lib.report.charts.survey import survey

__all__ = [
    "Chart",
    "averages",
    "by_board",
    "caterpillar",
    "control",
    "deprivation",
    "deprivation_by_board",
    "domain_profile",
    "domain_strips",
    "flows",
    "gradients",
    "metric_scores",
    "override",
    "segments",
    "segments_by_icb",
    "segments_by_region",
    "served",
    "survey",
    "waterfall",
]
