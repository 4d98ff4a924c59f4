"""Averages and domain scores on strips: of one trust, of an area, of England."""

from collections.abc import Sequence

from oversight_lib.frames import OVERALL, SEGMENTS
from oversight_lib.method.cells import COUNT, Cell
from oversight_lib.report import formats, profiles
from oversight_lib.report.bound import Bound, bound, joined
from oversight_lib.report.charts import strips
from oversight_lib.report.charts.canvas import Chart, Sheet
from oversight_lib.report.fragments import Fragment, notice
from oversight_lib.report.numbers import cell, count, out_of, shown, whole
from oversight_lib.report.profiles import Profile
from oversight_lib.report.recorded import recorded
from oversight_lib.report.sentences import say
from oversight_lib.report.views import View


@recorded
def domain_strips(page: View) -> Chart | Fragment:
    """Draw a trust's domain scores, each among the trusts of its type."""
    rows = profiles.domains(page)
    scored = [row for row in rows if row.counted]
    base = cell(page, SEGMENTS, scope=_scopes(rows))
    at = shown(page, "domain_strips", "nearer_the_median"), base
    of = out_of(sum(row.nearer for row in scored), len(scored), "domain", at)
    kind = page.type_names[str(page.trust["trust_type"])].lower()
    measure = say("charts.strips.measure.trust", kind=kind)
    title = say("charts.strips.trust", of=of)
    return _draw(page, title, measure, rows, [_score(page, row) for row in rows])


@recorded
def domain_profile(page: View) -> Chart | Fragment:
    """Draw the domain scores of the page's trusts, among all that are loaded."""
    rows, measure = profiles.domains(page), say("charts.strips.measure.domains")
    if page.kind != "england":
        most = sum(2 * row.nearer > row.counted for row in rows)
        base = cell(page, SEGMENTS, "distinct(scope)", scope=_scopes(rows))
        at = shown(page, "domain_profile", "mostly_nearer"), base
        of = out_of(most, sum(row.counted > 0 for row in rows), "domain", at)
        title = say("charts.strips.area", of=of)
        return _draw(page, title, measure, rows, [_nearer(page, row) for row in rows])
    first = min(rows, key=lambda row: (row.median, row.name))
    title = say("charts.strips.england", domain=first.name.lower())
    return _draw(page, title, measure, rows, [_median(row) for row in rows])


@recorded
def averages(page: View) -> Chart | Fragment:
    """Draw the average scores of the page's trusts, by type, among all trusts of the type."""
    rows, measure = profiles.averages(page), say("charts.strips.measure.averages")
    within = page.trusts.set_index("org")["average"].dropna()
    title = Bound()
    if len(within):
        ends = {"lowest": within.idxmin(), "highest": within.idxmax()}
        title = say("charts.strips.averages", **{
            end: bound(formats.average(within[str(org)]), _overall(str(org)))
            for end, org in ends.items()
        })  # fmt: skip
    words = [_median(row) if page.kind == "england" else _nearer(page, row) for row in rows]
    return _draw(page, title, measure, rows, words)


def _overall(org: str) -> Cell:
    return Cell.of(SEGMENTS.name, "average", org=org, scope=OVERALL)


def _scopes(rows: Sequence[Profile]) -> str:
    return "|".join(row.scope for row in rows)


def _draw(
    page: View, title: Bound, measure: Bound, rows: Sequence[Profile], words: Sequence[Bound]
) -> Chart | Fragment:
    if not any(row.counted for row in rows):
        absent = formats.Absent.NOT_LOADED
        return notice(say("charts.strips.absent", measure=measure, absent=absent))
    subtitle = say("charts.strips.subtitle", measure=measure, name=page.name, period=page.period)
    sheet = Sheet(title, subtitle, strips.height(len(rows)))
    cuts, dots = page.assessment.cuts, page.kind != "england"
    strips.draw(
        sheet,
        [
            strips.Strip(row, right, cuts[cuts["scope"] == row.scope], dots)
            for row, right in zip(rows, words, strict=True)
        ],
    )
    return sheet.chart(_alt(rows, words))


def _score(page: View, row: Profile) -> Bound:
    if row.mine.empty:
        return Bound(formats.Absent.NOT_PUBLISHED)
    mine = row.mine.iloc[0]
    score, segment = (
        bound(words, cell(page, SEGMENTS, column, scope=row.scope))
        for words, column in (
            (formats.average(mine["average"]), "average"),
            (formats.whole(mine["unadjusted"]), "unadjusted"),
        )
    )
    return say("charts.strips.score", score=score, segment=segment)


def _nearer(page: View, row: Profile) -> Bound:
    if not row.counted:
        return Bound(formats.Absent.NOT_PUBLISHED)
    table = "averages" if row.scope == OVERALL else "domain_profile"
    return say(
        "charts.strips.nearer",
        number=whole(row.nearer, shown(page, table, "nearer", **row.key)),
        trusts=whole(row.counted, cell(page, SEGMENTS, **row.key)),
    )


def _median(row: Profile) -> Bound:
    median = bound(formats.average(row.median), _crowd(row, "median(average)"))
    return say("charts.strips.median", median=median)


def _crowd(row: Profile, column: str = COUNT) -> Cell:
    return Cell.of(SEGMENTS.name, column, **row.key)


def _alt(rows: Sequence[Profile], words: Sequence[Bound]) -> Bound:
    """Return every strip in words, from the profiles that were drawn."""
    told = [
        say("charts.strips.strip", name=row.name, said=right, median=_median(row),
            trusts=count(len(row.crowd), "trust", _crowd(row)))
        for row, right in zip(rows, words, strict=True)
    ]  # fmt: skip
    return say("charts.strips.alt", strips=joined(told, by=". "))
