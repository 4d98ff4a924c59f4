"""Counts of trusts per segment: one row a group, one column a segment, a bar and its count."""

import pandas as pd

from oversight_lib.report import formats, theme
from oversight_lib.report.charts.canvas import Chart, Sheet
from oversight_lib.report.fragments import Fragment, notice
from oversight_lib.report.views import View

_ROW = 2.6 * theme.LINE
_NUMBER = 30.0
_BAR = 15.0


def segments(page: View) -> Chart | Fragment:
    """Draw how many trusts of each type are in each segment, after the override."""
    counts = _by_type(page, "adjusted")
    most, base = counts.sum().max(), len(page.trusts)
    in_most = f"{formats.out_of(int(most or 0), base, 'trust')} {formats.are(int(most or 0))}"
    title = f"{in_most} in segment\xa0{counts.sum().idxmax()}" if base else ""
    return _draw(page, title, "Trusts by segment after the financial override", counts)


def override(page: View) -> Chart | Fragment:
    """Draw the segments by score alone beside those after the override, per trust type."""
    alone, after = _by_type(page, "unadjusted"), _by_type(page, "adjusted")
    names = {"by score alone": alone, "after the override": after}
    rows = [
        counts.loc[[kind]].set_axis([f"{kind}: {when}"])
        for kind in after.index
        for when, counts in names.items()
        if kind in counts.index
    ]
    moved = formats.out_of(len(page.overridden), len(page.trusts), "trust")
    title = f"The override sets the segment of {moved}"
    counts = pd.concat(rows) if rows else after
    return _draw(page, title, "Trusts by segment, without and with the override", counts)


def segments_by_region(page: View) -> Chart | Fragment:
    """Draw how many trusts of each region are in each segment, after the override."""
    counts = page.segment_counts("region_name")
    least = counts[1].sort_index()
    title = (
        f"Segment 1 holds from {least.min()} to {least.max()} trusts of a region"
        if len(counts)
        else ""
    )
    return _draw(page, title, "Trusts by region and segment, after the override", counts)


def segments_by_icb(page: View) -> Chart | Fragment:
    """Draw how many trusts counted in each ICB are in each segment, after the override."""
    counts = page.segment_counts("icb_name").rename(index=formats.short_icb)
    with_first = formats.out_of(int(counts[1].gt(0).sum()), len(counts), "ICB")
    title = f"Segment 1 holds trusts of {with_first}" if len(counts) else ""
    return _draw(page, title, "Trusts by ICB and segment, after the override", counts)


def _by_type(page: View, column: str) -> pd.DataFrame:
    counts = page.segment_counts("trust_type", of=column)
    return counts.reindex([kind for kind in page.type_names if kind in counts.index]).rename(
        index=page.type_names
    )


def _draw(page: View, title: str, measure: str, counts: pd.DataFrame) -> Chart | Fragment:
    if counts.empty:
        return notice(f"{measure}: {formats.Absent.NOT_LOADED}. See what is missing, on this page.")
    subtitle = f"{measure}: number of trusts, {page.name}, {page.period}"
    sheet = Sheet(title, subtitle, theme.LINE + len(counts) * _ROW)
    width = theme.POINTS / len(counts.columns)
    for column, segment in enumerate(counts.columns):
        sheet.write(
            column * width + 2, sheet.top + theme.LINE / 2, _header(column, segment),
            weight="bold",
        )  # fmt: skip
    for row, (name, numbers) in enumerate(counts.iterrows()):
        y = sheet.top + theme.LINE * 1.7 + row * _ROW
        base = int(numbers.sum())
        sheet.ends(y, f"{name}", formats.count(base, "trust"))
        _bars(sheet, y + theme.LINE, numbers, most=int(counts.to_numpy().max()))
    return sheet.chart(_alt(counts))


def _header(column: int, segment: object) -> str:
    return f"Segment {segment}" if column == 0 else str(segment)


def _bars(sheet: Sheet, y: float, numbers: pd.Series, *, most: int) -> None:
    width = theme.POINTS / len(numbers)
    for column, (segment, many) in enumerate(numbers.items()):
        left = column * width + 2
        length = (width - _NUMBER - 2) * many / max(most, 1)
        colour = theme.SEGMENTS[int(str(segment))]
        sheet.axes.barh(y, length, height=_BAR, left=left, color=colour)
        sheet.write(left + length + 3, y, formats.whole(int(many)))


def _alt(counts: pd.DataFrame) -> str:
    """Return every count in words, from the table that was drawn."""
    rows = [
        f"{name}: " + formats.listed([f"{n} in segment {s}" for s, n in numbers.items()])
        for name, numbers in counts.iterrows()
    ]
    return "Bars. " + ". ".join(rows) + "."
