"""What the reader sees: numbers in print, charts, tables and sentences.

A template asks for a view and hands it on: `page = report.trust(...)`, then
`report.charts.domain_strips(page)`. Nothing is computed here that a frame already holds.
"""

from oversight_lib.report import charts, commentary, maps, narrative, tables
from oversight_lib.report.rehearsal import rehearse
from oversight_lib.report.subjects import england, icb, region, trust
from oversight_lib.report.two_years import TwoYears, two_years
from oversight_lib.report.views import View

__all__ = [
    "TwoYears",
    "View",
    "charts",
    "commentary",
    "england",
    "icb",
    "maps",
    "narrative",
    "region",
    "rehearse",
    "tables",
    "trust",
    "two_years",
]
