"""Which sections a pack has, in the order a meeting asks for them.

To add a section, or a line to one: add it here; it has the shape of what the pages show.
"""

from collections.abc import Callable, Mapping, Sequence

from oversight_lib.report import charts, narrative, tables
from oversight_lib.report.fragments import Fragment
from oversight_lib.report.links import Kind
from oversight_lib.report.pack.content import Block, Pair, Section, Shown, block, only
from oversight_lib.report.pack.cover import alerts
from oversight_lib.report.tables.table import Table
from oversight_lib.report.views import View

Show = Callable[[View], Shown | Block]
"""What makes one block of a section."""

_METRICS = (
    "Metric",
    "Value",
    "Unit",
    "Period",
    "Standard",
    "Score",
    "Median score of its type",
)


def _metrics(page: View) -> Table | Fragment:
    return only(tables.metrics(page), _METRICS)


def _domains(page: View) -> Table | Fragment:
    columns = ("Domain", "Score", "Segment", "Median of its type")
    return only(tables.domain_strips(page), columns)


def _pair(left: Callable[[View], Shown], right: Callable[[View], Shown]) -> Show:
    return lambda page: Pair(block(left(page)), block(right(page)))


_TRUST: Sequence[tuple[str, Sequence[Show]]] = (
    ("Position", (narrative.position, tables.facts)),
    ("Domains against its peers", (_pair(charts.domain_strips, _domains),)),
    ("Every metric", (_metrics, narrative.unscored)),
    ("What the override is", (narrative.override,)),
    ("Alert, advise, assure", (alerts,)),
    ("Sources and caveats", (narrative.cut_points, narrative.sources, narrative.back_test)),
)

_ICB: Sequence[tuple[str, Sequence[Show]]] = (
    ("Position", (narrative.opening,)),
    ("Trusts", (tables.trusts, narrative.order, narrative.disputes)),
    ("What the override changes", (_pair(charts.override, tables.override),)),
    (
        "Domains against England",
        (_pair(charts.domain_profile, tables.domain_profile), tables.domain_scores),
    ),
    ("Alert, advise, assure", (alerts,)),
    ("Sources and caveats", (narrative.cut_points, narrative.sources, narrative.back_test)),
)

_REGION: Sequence[tuple[str, Sequence[Show]]] = (
    ("Position", (narrative.opening, _pair(charts.segments, charts.override))),
    ("Trusts", (tables.trusts, narrative.order)),
    ("Integrated care boards", (tables.segments_by_icb, narrative.disputes)),
    ("Domains against England", (_pair(charts.domain_profile, tables.domain_profile),)),
    ("National standards", (tables.standards,)),
    ("Alert, advise, assure", (alerts,)),
    ("Sources and caveats", (narrative.cut_points, narrative.sources, narrative.back_test)),
)


def _league(trust_type: str) -> Show:
    return lambda page: tables.league(page, trust_type)


_ENGLAND: Sequence[tuple[str, Sequence[Show]]] = (
    ("Position", (narrative.opening, _pair(charts.segments, charts.override))),
    ("Regions", (_pair(charts.segments_by_region, tables.segments_by_region),)),
    ("Domains", (_pair(charts.domain_profile, tables.domain_medians),)),
    ("National standards", (tables.standards,)),
    ("Alert, advise, assure", (alerts,)),
    (
        "League tables",
        (
            narrative.order,
            _league("acute"),
            _league("mental-health-community"),
            _league("ambulance"),
        ),
    ),
    ("Sources and caveats", (narrative.cut_points, narrative.sources, narrative.back_test)),
)

SECTIONS: Mapping[Kind, Sequence[tuple[str, Sequence[Show]]]] = {
    "trust": _TRUST,
    "icb": _ICB,
    "region": _REGION,
    "england": _ENGLAND,
}
"""The sections of each kind of pack: a heading, and what makes each of its blocks."""


def sections(page: View) -> tuple[Section, ...]:
    """Return the sections of a page's pack, in reading order."""
    return tuple(
        Section(heading, tuple(_block(show(page)) for show in shows))
        for heading, shows in SECTIONS[page.kind]
    )


def _block(shown: Shown | Block) -> Block:
    return block(shown) if isinstance(shown, Shown) else shown
