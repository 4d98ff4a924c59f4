"""Which sections a pack has, in the order a meeting asks for them.

To add a section, or a line to one: add it here; it has the shape of what the pages show.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from oversight_lib.report import charts, narrative, tables
from oversight_lib.report.fragments import Fragment, paragraphs
from oversight_lib.report.links import Kind
from oversight_lib.report.pack.content import (
    Block,
    Pair,
    Section,
    Shown,
    block,
    empty,
    only,
    rows_of,
)
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


def _position(page: View) -> Fragment:
    return paragraphs(*narrative.position(page).paragraphs, *narrative.override(page).paragraphs)


def _firmness(page: View) -> Table | Fragment:
    columns = ("Model of noise", *(f"Segment {n}" for n in (1, 2, 3, 4)), "How firm")
    return only(tables.firmness(page), columns)


def _domains(page: View) -> Table | Fragment:
    columns = ("Domain", "Score", "Segment", "Median of its type")
    return only(tables.domain_strips(page), columns)


def _distance(page: View) -> Table | Fragment:
    """Return the metrics that could take a trust over the next cut alone; a paper has no more."""
    table = only(tables.distance(page), ("Metric", "Score", "Score needed"))
    if isinstance(table, Fragment):
        return table
    needed = next(column for column in table.columns if column.heading == "Score needed")
    return rows_of(table, ~needed.texts.str.startswith("not by this metric"))


def _pair(left: Callable[[View], Shown], right: Callable[[View], Shown]) -> Show:
    """Return what shows two things side by side; one that is empty leaves the other alone."""

    def show(page: View) -> Block:
        one, other = block(left(page)), block(right(page))
        if empty(one) or empty(other):
            return other if empty(one) else one
        return Pair(one, other)

    return show


def _of(show: Callable[..., Shown], *told: str) -> Callable[[View], Shown]:
    """Return what shows something of a page when it is told which: a trust type, a measure."""
    return lambda page: show(page, *told)


Sections = Sequence[tuple[str, Sequence[Show]]]

_REST: Sections = (
    ("Alert, advise, assure", (alerts,)),
    ("Sources and caveats", (narrative.cut_points, narrative.sources, narrative.back_test)),
)

_TRUST: Sections = (
    ("Position", (_pair(_position, tables.facts),)),
    (
        "What changed since the last quarter",
        (narrative.changes, tables.drivers),
    ),
    ("Domains against its peers", (_pair(charts.domain_strips, _domains),)),
    ("Every metric", (_metrics, narrative.unscored)),
    ("How sure", (narrative.firmness, _firmness, narrative.leave_out)),
    ("What would move it", (_pair(narrative.distance, _distance),)),
    *_REST,
)

_ICB: Sections = (
    ("Position", (narrative.opening,)),
    ("Contextual tests", (narrative.contextual_caveat, tables.contextual_tests)),
    (
        "Month by month",
        (
            _pair(_of(charts.control, "ae-4-hour"), _of(charts.control, "ae-admission-waits")),
            _of(narrative.control_notes, "ae-4-hour"),
            _of(narrative.control_notes, "ae-admission-waits"),
        ),
    ),
    ("GP Patient Survey", (_pair(charts.survey, narrative.survey_caution),)),
    ("Trusts", (tables.trusts, narrative.order, narrative.disputes)),
    ("What changed since the last quarter", (narrative.changes, tables.moves)),
    ("Domains", (tables.domain_scores,)),
    *_REST,
)

_REGION: Sections = (
    ("Position", (narrative.opening, _pair(charts.segments, charts.override))),
    ("Trusts", (tables.trusts, narrative.order)),
    ("What changed since the last quarter", (narrative.changes, charts.flows, tables.moves)),
    ("Integrated care boards", (tables.segments_by_icb, narrative.disputes)),
    ("Contextual tests by ICB", (narrative.contextual_caveat, tables.contextual_by_icb)),
    (
        "Four-hour waits by ICB",
        (
            _pair(_of(charts.by_board, "ae-4-hour"), _of(narrative.multiples_caution, "ae-4-hour")),
            _of(tables.signals_by_board, "ae-4-hour"),
        ),
    ),
    ("Domains against England", (_pair(charts.domain_profile, tables.domain_profile),)),
    ("Who is near a cut", (narrative.watch_list, tables.watch_list)),
    ("National standards", (tables.standards,)),
    *_REST,
)

_ENGLAND: Sections = (
    ("Position", (narrative.opening, _pair(charts.segments, charts.override))),
    ("What changed since the last quarter", (narrative.changes, charts.flows, tables.moves)),
    ("How sure a rank is", (narrative.ranges, tables.range_widths)),
    ("Regions", (_pair(charts.segments_by_region, tables.segments_by_region),)),
    ("Domains", (_pair(charts.domain_profile, tables.domain_medians),)),
    (
        "Month by month",
        (_pair(_of(charts.control, "ae-4-hour"), _of(narrative.control_notes, "ae-4-hour")),),
    ),
    ("Contextual tests by ICB", (narrative.contextual_caveat,)),
    ("Who is near a cut", (narrative.watch_list,)),
    ("National standards", (tables.standards,)),
    (
        "League tables",
        (
            narrative.order,
            _of(tables.league, "acute"),
            _of(tables.league, "mental-health-community"),
            _of(tables.league, "ambulance"),
        ),
    ),
    *_REST,
)

SECTIONS: Mapping[Kind, Sections] = {
    "trust": _TRUST,
    "icb": _ICB,
    "region": _REGION,
    "england": _ENGLAND,
}
"""The sections of each kind of pack: a heading, and what makes each of its blocks."""


def sections(page: View) -> tuple[Section, ...]:
    """Return the sections of a page's pack, in reading order; none of them is empty."""
    made = (
        Section(heading, tuple(_blocks(show(page) for show in shows)))
        for heading, shows in SECTIONS[page.kind]
    )
    return tuple(section for section in made if section.blocks)


def _blocks(shown: Iterable[Shown | Block]) -> Iterator[Block]:
    made = (block(one) if isinstance(one, Shown) else one for one in shown)
    return (one for one in made if not empty(one))
