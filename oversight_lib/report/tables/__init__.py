"""Tables: each returns accessible HTML, or a notice that says why there is none.

A table that says in figures what a chart shows has the chart's name.
"""

from oversight_lib.report.tables.areas import (
    averages,
    domain_medians,
    domain_profile,
    override,
    segments,
    segments_by_icb,
    segments_by_region,
)
from oversight_lib.report.tables.changes import drivers, flows, moves
from oversight_lib.report.tables.consequences import capability, consequences, next_year, roles
from oversight_lib.report.tables.context import (
    admissions,
    contextual_by_icb,
    contextual_tests,
    duties,
    icb_map,
    series,
    signals_by_board,
    survey,
    yearly,
)
from oversight_lib.report.tables.coverage import (
    approach,
    coverage,
    coverage_evidence,
    inequality_sources,
)
from oversight_lib.report.tables.distance import distance
from oversight_lib.report.tables.evidence import causes, checks, cuts, differences
from oversight_lib.report.tables.figures import figures
from oversight_lib.report.tables.firmness import firmness, leave_out, sensitivity, watch_list
from oversight_lib.report.tables.inequalities import (
    changes_within,
    deprivation,
    deprivation_by_board,
    gradient_groups,
    gradient_measures,
    other_groups,
    served,
    served_by_segment,
    whole_areas,
)
from oversight_lib.report.tables.metrics import (
    domain_strips,
    facts,
    metrics,
    organisation,
    periods,
    standards,
)
from oversight_lib.report.tables.multiples import by_board
from oversight_lib.report.tables.questions import checklist, questions, summary
from oversight_lib.report.tables.ranges import caterpillar, range_widths
from oversight_lib.report.tables.rules import (
    metrics_scored,
    rules_alike,
    rules_not_known,
    rules_that_differ,
)
from oversight_lib.report.tables.table import Column, Table, column
from oversight_lib.report.tables.trusts import absent, disputed, domain_scores, league, trusts

__all__ = [
    "Column",
    "Table",
    "absent",
    "admissions",
    "approach",
    "averages",
    "by_board",
    "capability",
    "caterpillar",
    "causes",
    "changes_within",
    "checklist",
    "checks",
    "column",
    "consequences",
    "contextual_by_icb",
    "contextual_tests",
    "coverage",
    "coverage_evidence",
    "cuts",
    "deprivation",
    "deprivation_by_board",
    "differences",
    "disputed",
    "distance",
    "domain_medians",
    "domain_profile",
    "domain_scores",
    "domain_strips",
    "drivers",
    "duties",
    "facts",
    "figures",
    "firmness",
    "flows",
    "gradient_groups",
    "gradient_measures",
    "icb_map",
    "inequality_sources",
    "league",
    "leave_out",
    "metrics",
    "metrics_scored",
    "moves",
    "next_year",
    "organisation",
    "other_groups",
    "override",
    "periods",
    "questions",
    "range_widths",
    "roles",
    "rules_alike",
    "rules_not_known",
    "rules_that_differ",
    "segments",
    "segments_by_icb",
    "segments_by_region",
    "sensitivity",
    "series",
    "served",
    "served_by_segment",
    "signals_by_board",
    "standards",
    "summary",
    "survey",
    "trusts",
    "watch_list",
    "whole_areas",
    "yearly",
]
