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
from oversight_lib.report.tables.coverage import (
    approach,
    coverage,
    coverage_evidence,
    inequality_sources,
)
from oversight_lib.report.tables.evidence import causes, checks, cuts, differences
from oversight_lib.report.tables.inequalities import (
    changes_within,
    deprivation,
    deprivation_by_board,
    gradient_groups,
    gradient_measures,
    other_groups,
    served,
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
from oversight_lib.report.tables.table import Column, Table, column
from oversight_lib.report.tables.trusts import absent, disputed, domain_scores, league, trusts

__all__ = [
    "Column",
    "Table",
    "absent",
    "approach",
    "averages",
    "causes",
    "changes_within",
    "checks",
    "column",
    "coverage",
    "coverage_evidence",
    "cuts",
    "deprivation",
    "deprivation_by_board",
    "differences",
    "disputed",
    "domain_medians",
    "domain_profile",
    "domain_scores",
    "domain_strips",
    "facts",
    "gradient_groups",
    "gradient_measures",
    "inequality_sources",
    "league",
    "metrics",
    "organisation",
    "other_groups",
    "override",
    "periods",
    "segments",
    "segments_by_icb",
    "segments_by_region",
    "served",
    "standards",
    "trusts",
    "whole_areas",
]
