"""Which sections a pack has, in the order a meeting asks for them.

To add a section, or a line to one: add it here; it has the shape of what the pages show.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from oversight_lib.report import charts, narrative, tables
from oversight_lib.report.fragments import Fragment, nothing, paragraphs
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
from oversight_lib.report.pack.people import remarks
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

_LEFT_OUT = frozenset(["Range of the average", "Override"])


def _metrics(page: View) -> Table | Fragment:
    return only(tables.metrics(page), _METRICS)


def _trusts(page: View) -> Table | Fragment:
    """Return the page's trusts; a paper has no room for every column, nor for a place twice."""
    return _narrowed(tables.trusts(page))


def _league(trust_type: str) -> Callable[[View], Shown]:
    return lambda page: _narrowed(tables.league(page, trust_type))


def _narrowed(table: Table | Fragment) -> Table | Fragment:
    """Return a table of trusts without what can be read from the rest, or on their own pages."""
    if isinstance(table, Fragment):
        return table
    headings = [column.heading for column in table.columns]
    return only(table, [heading for heading in headings if heading not in _LEFT_OUT])


def _consequences(page: View) -> Table | Fragment:
    """Return what follows from the segment; what holds for every trust is on the page."""
    table = only(tables.consequences(page), ("In", "What is known"))
    if isinstance(table, Fragment) or table.names is None:
        return table
    return _uncaptioned(rows_of(replace(table, names=None), table.names.ne("Every trust")))


def _uncaptioned(table: Table | Fragment) -> Table | Fragment:
    """Return a table without a caption, for where the heading above it says the same."""
    return table if isinstance(table, Fragment) else replace(table, caption="")


def _follows(page: View) -> Fragment:
    """Return for which segment this is; a paper has no room for how each line is known."""
    which, *_ = narrative.consequences(page).paragraphs
    unknown = "Unknown means that nobody could read it, not that nothing follows."
    return paragraphs(f"{which} {unknown} The book says how each line is known.")


def _served(page: View) -> Table | Fragment:
    """Return how deprived the boards are that a trust serves; why not, the words beside it say."""
    table = tables.served(page)
    if isinstance(table, Fragment):
        return nothing()
    return only(table, ("Trust", "Segment", "Small areas in the most deprived fifth"))


def _deprivation(page: View) -> Shown:
    """Return an area beside England; England beside itself is no picture."""
    return nothing() if page.kind == "england" else charts.deprivation(page)


def _contextual(page: View) -> Table | Fragment:
    return only(
        tables.contextual_tests(page), ("Test", "Result", "What it asks, and why this result")
    )


def _questions(page: View) -> Table | Fragment:
    return _uncaptioned(only(tables.questions(page), ("Question", "Asked because")))


def _firmness(page: View) -> Table | Fragment:
    """Return the chances under each model; what one model says, the words beside it say."""
    columns = ("Model of noise", *(f"Segment {n}" for n in (1, 2, 3, 4)), "How firm")
    table = only(tables.firmness(page), columns)
    if isinstance(table, Table) and len(table.columns[0].texts) == 1:
        return nothing()
    return table


def _domains(page: View) -> Table | Fragment:
    columns = ("Domain", "Score", "Segment", "Median of its type")
    return only(tables.domain_strips(page), columns)


def _distance(page: View) -> Table | Fragment:
    """Return the metrics that could take a trust over the next cut alone; a paper has no more."""
    table = only(tables.distance(page), ("Metric", "Score", "Score needed"))
    if isinstance(table, Fragment):
        return table
    needed = next(column for column in table.columns if column.heading == "Score needed")
    # A domain a row would be as many rows again.
    return rows_of(replace(table, names=None), ~needed.texts.str.startswith("not by this metric"))


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
    ("Sources and caveats", (narrative.cut_points, narrative.sources, narrative.back_test)),
    ("Commentary", (remarks,)),
)

_BOARD: Sections = (
    ("Questions for the board", (_questions,)),
    ("Alert, advise, assure", (alerts,)),
    *_REST,
)

_INEQUALITIES: Sections = (
    (
        "Inequalities",
        (
            narrative.deprivation,
            narrative.gradient,
            _pair(_deprivation, charts.gradients),
        ),
    ),
)

_TRUST: Sections = (
    ("Position", (_pair(narrative.position, tables.facts), narrative.headline)),
    (
        "What changed since the last quarter",
        (narrative.changes, tables.drivers),
    ),
    ("Domains against its peers", (_pair(charts.domain_strips, _domains),)),
    ("Every metric", (_metrics, narrative.unscored)),
    ("How sure", (narrative.firmness, _firmness, narrative.leave_out)),
    ("What would move it", (_pair(narrative.distance, _distance),)),
    ("Inequalities", (_pair(narrative.served, _served),)),
    ("What follows from the segment", (_follows, _consequences)),
    *_BOARD,
)

_ICB: Sections = (
    ("Position", (narrative.opening, narrative.headline)),
    ("Contextual tests", (narrative.contextual_caveat, _contextual)),
    (
        "Month by month",
        (
            _pair(_of(charts.control, "ae-4-hour"), _of(charts.control, "ae-admission-waits")),
            _of(narrative.control_notes, "ae-4-hour"),
            _of(narrative.control_notes, "ae-admission-waits"),
        ),
    ),
    ("GP Patient Survey", (_pair(charts.survey, narrative.survey_caution),)),
    ("Trusts", (_trusts, narrative.order, narrative.disputes)),
    ("What changed since the last quarter", (narrative.changes, tables.moves)),
    ("Domains", (tables.domain_scores,)),
    *_INEQUALITIES,
    *_BOARD,
)

_REGION: Sections = (
    ("Position", (narrative.opening, narrative.headline, _pair(charts.segments, charts.override))),
    ("Trusts", (_trusts, narrative.order)),
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
    *_INEQUALITIES,
    *_BOARD,
)

_ENGLAND: Sections = (
    ("Position", (narrative.opening, narrative.headline, _pair(charts.segments, charts.override))),
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
    *_INEQUALITIES,
    (
        "League tables",
        (
            narrative.order,
            _league("acute"),
            _league("mental-health-community"),
            _league("ambulance"),
        ),
    ),
    ("Alert, advise, assure", (alerts,)),
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
