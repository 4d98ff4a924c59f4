"""Averages and domain scores on strips: of one trust, of an area, of England."""

from collections.abc import Sequence

from oversight_lib.report import formats, profiles
from oversight_lib.report.charts import strips
from oversight_lib.report.charts.canvas import Chart, Sheet
from oversight_lib.report.fragments import Fragment, notice
from oversight_lib.report.profiles import Profile
from oversight_lib.report.views import View

_SCALE = "1 is best, 4 is lowest"


def domain_strips(page: View) -> Chart | Fragment:
    """Draw a trust's domain scores, each among the trusts of its type."""
    rows = profiles.domains(page)
    scored = [row for row in rows if row.counted]
    nearer = sum(row.nearer for row in scored)
    domains = formats.out_of(nearer, len(scored), "domain")
    kind = page.type_names[str(page.trust["trust_type"])].lower()
    title = f"Nearer 1 than the median of its type in {domains}"
    measure = f"Domain score and segment among {kind} trusts"
    return _draw(page, title, measure, rows, [_score(row) for row in rows])


def domain_profile(page: View) -> Chart | Fragment:
    """Draw the domain scores of the page's trusts, among all that are loaded."""
    rows, measure = profiles.domains(page), "Domain scores among all trusts loaded"
    if page.kind != "england":
        most = sum(2 * row.nearer > row.counted for row in rows)
        domains = formats.out_of(most, sum(row.counted > 0 for row in rows), "domain")
        title = f"More than half of trusts are nearer 1 than England’s median in {domains}"
        return _draw(page, title, measure, rows, [_nearer(row) for row in rows])
    first = min(rows, key=lambda row: (row.median, row.name))
    title = f"The median nearest 1 is that of {first.name.lower()}"
    return _draw(page, title, measure, rows, [_median(row) for row in rows])


def averages(page: View) -> Chart | Fragment:
    """Draw the average scores of the page's trusts, by type, among all trusts of the type."""
    rows, within = profiles.averages(page), page.trusts["average"]
    lowest, highest = formats.average(within.min()), formats.average(within.max())
    title = f"Average scores from {lowest} to {highest}"
    words = [_median(row) if page.kind == "england" else _nearer(row) for row in rows]
    return _draw(page, title, "Average metric score by trust type", rows, words)


def _draw(
    page: View, title: str, measure: str, rows: Sequence[Profile], words: Sequence[str]
) -> Chart | Fragment:
    if not any(row.counted for row in rows):
        return notice(f"{measure}: {formats.Absent.NOT_LOADED}. See what is missing, on this page.")
    subtitle = f"{measure}; {_SCALE}; {page.name}, {page.period}"
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


def _score(row: Profile) -> str:
    if row.mine.empty:
        return str(formats.Absent.NOT_PUBLISHED)
    mine = row.mine.iloc[0]
    return f"{formats.average(mine['average'])}, segment {formats.whole(mine['unadjusted'])}"


def _nearer(row: Profile) -> str:
    if not row.counted:
        return str(formats.Absent.NOT_PUBLISHED)
    return f"{row.nearer} of {row.counted} nearer 1"


def _median(row: Profile) -> str:
    return f"median {formats.average(row.median)}"


def _alt(rows: Sequence[Profile], words: Sequence[str]) -> str:
    """Return every strip in words, from the profiles that were drawn."""
    told = [
        f"{row.name}: {right}; {_median(row)} of {formats.count(len(row.crowd), 'trust')}"
        for row, right in zip(rows, words, strict=True)
    ]
    return f"Strips from 1 to 4. {'. '.join(told)}."
