"""Counts of trusts per segment: one row a group, one column a segment, a bar and its count."""

from collections.abc import Mapping, Sequence

import pandas as pd

from oversight_lib.frames import OVERALL, SEGMENTS
from oversight_lib.method.cells import COUNT, Cell
from oversight_lib.report import formats, theme
from oversight_lib.report.bound import Bound, bound, joined, listed
from oversight_lib.report.charts.canvas import Chart, Sheet
from oversight_lib.report.fragments import Fragment, notice
from oversight_lib.report.numbers import cell, found, named, out_of, whole
from oversight_lib.report.numbers import segment as segment_of
from oversight_lib.report.recorded import recorded
from oversight_lib.report.sentences import say
from oversight_lib.report.views import View

_ROW = 2.6 * theme.LINE
_NUMBER = 30.0
_BAR = 15.0
_AFTER, _ALONE = "adjusted", "unadjusted"

Row = tuple[str, Mapping[str, object]]
"""What a row counts: the column with the segment, and the key of the trusts in it."""


@recorded
def segments(page: View) -> Chart | Fragment:
    """Draw how many trusts of each type are in each segment, after the override."""
    counts, kinds = page.segment_counts("trust_type"), _kinds(page)
    base, most = len(page.trusts), int(counts.sum().max() or 0)
    title = Bound()
    if base:
        fullest = counts.sum().idxmax()
        of = out_of(most, base, "trust", (_at(page, (_AFTER, {}), fullest), _trusts(page)))
        title = say("charts.segments.title", of=of, are=formats.are(most),
                    segment=segment_of(fullest))  # fmt: skip
    drawn = counts.reindex(list(kinds)).rename(index=kinds)
    return _draw(page, title, "segments", drawn, [(_AFTER, {"trust_type": k}) for k in kinds])


@recorded
def override(page: View) -> Chart | Fragment:
    """Draw the segments by score alone beside those after the override, per trust type."""
    bases = {_ALONE: "alone", _AFTER: "after"}
    counts = {of: page.segment_counts("trust_type", of=of) for of in bases}
    rows = [
        (counts[of].loc[[kind]], name, basis, (of, {"trust_type": kind}))
        for kind, name in _kinds(page).items()
        for of, basis in bases.items()
        if kind in counts[of].index
    ]
    named_rows = [
        row.set_axis([say("charts.segments.two_bases", kind=name,
                          basis=say(f"charts.segments.basis.{basis}"))])
        for row, name, basis, _ in rows
    ]  # fmt: skip
    at = found(page, "override_bites"), _trusts(page)
    moved = out_of(len(page.overridden), len(page.trusts), "trust", at)
    title = say("charts.segments.override", of=moved)
    drawn = pd.concat(named_rows) if rows else counts[_AFTER]
    return _draw(page, title, "override", drawn, [row for *_, row in rows])


@recorded
def segments_by_region(page: View) -> Chart | Fragment:
    """Draw how many trusts of each region are in each segment, after the override."""
    counts = page.segment_counts("region_name")
    rows = [(_AFTER, {"region_name": name}) for name in counts.index]
    title = Bound()
    if len(counts):
        least = counts[1].sort_index()
        ends = {"lowest": least.idxmin(), "highest": least.idxmax()}
        title = say("charts.segments.by_region", **{
            end: whole(int(least[str(name)]), _at(page, (_AFTER, {"region_name": name}), 1))
            for end, name in ends.items()
        })  # fmt: skip
    return _draw(page, title, "region", counts, rows)


@recorded
def segments_by_icb(page: View) -> Chart | Fragment:
    """Draw how many trusts counted in each ICB are in each segment, after the override."""
    counts = page.segment_counts("icb_name")
    rows = [(_AFTER, {"icb_name": name}) for name in counts.index]
    at = [_at(page, (_AFTER, {}), segments, "distinct(icb)")
          for segments in (1, "|".join(map(str, counts)))]  # fmt: skip
    of = out_of(int(counts[1].gt(0).sum()), len(counts), "ICB", (at[0], at[1]))
    title = say("charts.segments.by_icb", of=of) if len(counts) else Bound()
    return _draw(page, title, "icb", counts.rename(index=formats.short_icb), rows)


def _kinds(page: View) -> dict[str, str]:
    """Return the trust types of which the page has any with a segment, in the rules' order."""
    there = page.segment_counts("trust_type").index
    return {kind: name for kind, name in page.type_names.items() if kind in there}


def _at(page: View, row: Row, segment: object, column: str = COUNT) -> Cell:
    """Return where it stands how many of a row's trusts are in a segment."""
    of, key = row
    return cell(page, SEGMENTS, column, scope=OVERALL, **{**key, of: segment})


def _trusts(page: View) -> Cell:
    return cell(page, SEGMENTS, scope=OVERALL)


def _draw(
    page: View, title: Bound, of: str, counts: pd.DataFrame, rows: Sequence[Row]
) -> Chart | Fragment:
    measure = say(f"charts.segments.measure.{of}")
    if counts.empty:
        absent = formats.Absent.NOT_LOADED
        return notice(say("charts.segments.absent", measure=measure, absent=absent))
    subtitle = say("charts.segments.subtitle", measure=measure, name=page.name, period=page.period)
    sheet = Sheet(title, subtitle, theme.LINE + len(counts) * _ROW)
    width = theme.POINTS / len(counts.columns)
    for column, segment in enumerate(counts.columns):
        sheet.write(
            column * width + 2, sheet.top + theme.LINE / 2, _header(column, segment),
            weight="bold",
        )  # fmt: skip
    for place, (name, numbers) in enumerate(counts.iterrows()):
        y = sheet.top + theme.LINE * 1.7 + place * _ROW
        base = int(numbers.sum())
        sheet.ends(y, f"{name}", formats.count(base, "trust"))
        _bars(sheet, y + theme.LINE, numbers, most=int(counts.to_numpy().max()))
    return sheet.chart(_alt(page, counts, rows))


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


def _alt(page: View, counts: pd.DataFrame, rows: Sequence[Row]) -> Bound:
    """Return every count in words, from the table that was drawn."""
    told = [
        say("charts.segments.row", name=named(name), counts=listed([
            say("charts.segments.count", segment=segment_of(segment),
                number=bound(str(number), _at(page, row, segment)))
            for segment, number in numbers.items()
        ]))
        for (name, numbers), row in zip(counts.iterrows(), rows, strict=True)
    ]  # fmt: skip
    return say("charts.segments.alt", rows=joined(told, by=". "))
