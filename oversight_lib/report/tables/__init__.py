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
from oversight_lib.report.tables.consequences import capability, changes, consequences, roles
from oversight_lib.report.tables.evidence import causes, checks, cuts, differences
from oversight_lib.report.tables.metrics import (
    domain_strips,
    facts,
    metrics,
    organisation,
    periods,
    standards,
)
from oversight_lib.report.tables.questions import checklist, questions, summary
from oversight_lib.report.tables.table import Column, Table, column
from oversight_lib.report.tables.trusts import absent, disputed, domain_scores, league, trusts

__all__ = [
    "Column",
    "Table",
    "absent",
    "averages",
    "capability",
    "causes",
    "changes",
    "checklist",
    "checks",
    "column",
    "consequences",
    "cuts",
    "differences",
    "disputed",
    "domain_medians",
    "domain_profile",
    "domain_scores",
    "domain_strips",
    "facts",
    "league",
    "metrics",
    "organisation",
    "override",
    "periods",
    "questions",
    "roles",
    "segments",
    "segments_by_icb",
    "segments_by_region",
    "standards",
    "summary",
    "trusts",
]
