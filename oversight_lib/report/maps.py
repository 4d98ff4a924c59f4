"""Maps of boards and of regions: labelled, filled by pattern as well as shade, with a table."""

from collections.abc import Mapping, Sequence
from math import cos, radians
from typing import Any

import pandas as pd
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from oversight_lib.frames import ICBS, OVERALL, SEGMENTS
from oversight_lib.method.shapes import Point, Shape
from oversight_lib.report import formats, systems, theme
from oversight_lib.report.bound import Bound, bound, joined
from oversight_lib.report.charts.canvas import Chart, Sheet
from oversight_lib.report.fragments import Fragment, notice
from oversight_lib.report.numbers import cell, count, named, shown, whole
from oversight_lib.report.recorded import recorded
from oversight_lib.report.sentences import say
from oversight_lib.report.views import View
from oversight_lib.rules import measures
from oversight_lib.rules.context import Measure

_HEIGHT, _KEY = 378.0, theme.LINE * 2.6
_LATITUDE = cos(radians(53))
_WEST, _EAST, _SOUTH, _NORTH = -6.45, 2.75, 49.85, 55.85
_FILLS: Mapping[int, tuple[str, str]] = {
    1: (theme.BLUE, ""),
    2: (theme.WHITE, "xxxx"),
    3: (theme.WHITE, "//"),
    4: (theme.WHITE, ""),
}
"""Ground and hatching of each quarter of boards, the lowest first: darker is lower."""
_GROUND = {"boxstyle": "round,pad=0.12", "facecolor": theme.WHITE, "edgecolor": "none"}
_LARGER = "Y56"
"""The region whose boards are drawn again, larger: London's are too small for their numbers."""
_BESIDE: Mapping[str, Point] = {"Y56": (1.75, 51.72), "Y59": (0.35, 50.3), "Y62": (-4.85, 54.1)}
"""Where the names of regions stand that have no room for them, at sea."""
_MOVED: Mapping[str, Point] = {"QUA": (-0.12, 0.06), "QHL": (0.02, -0.02), "QJM": (0.05, 0.0),
                                  "QNQ": (-0.12, 0.09), "QXU": (0.1, 0.0),
                                  "QWU": (0.0, -0.08)}  # fmt: skip
"""How many degrees the numbers of small neighbours are moved, so that they stand apart."""


@recorded
def icbs(page: View, shapes: Sequence[Shape], measure: str) -> Chart | Fragment:
    """Draw the boards of England by the quarter of boards their latest figure is in.

    Each bears its number in the table `report.tables.icb_map`. London is drawn again, larger.
    """
    rows, rule = systems.latest(page, measure), measures()[measure]
    absent = set(rows["icb"]) - {shape.code for shape in shapes}
    if absent or rows["value"].notna().sum() == 0:
        what = say("charts.map_of_boards.boundaries") if absent else named(rule.name)
        gone = formats.Absent.NOT_LOADED
        return notice(say("charts.map_of_boards.absent", what=what, absent=gone))
    sheet = Sheet(*_headings(rows, rule), _KEY + _HEIGHT)
    _key(sheet)
    quarters = dict(zip(rows["icb"], rows["quarter"].fillna(4).astype(int), strict=True))
    labels = dict(zip(rows["icb"], rows["number"].astype(str), strict=True))
    frame = _Frame(sheet.top + _KEY, (_WEST, _EAST, _SOUTH, _NORTH), (0, theme.POINTS, _HEIGHT))
    large = set(rows.loc[rows["region"] == _LARGER, "icb"])
    for shape in shapes:
        _area(sheet, shape, frame, quarters[shape.code])
    _labels(sheet, [s for s in shapes if s.code not in large], frame, labels, quarters)
    inside = [shape for shape in shapes if shape.code in large]
    inset = _Frame(sheet.top + _KEY + 150, _box(inside), (2, 112.0, 110.0))
    for shape in inside:
        _area(sheet, shape, inset, quarters[shape.code])
    _labels(sheet, inside, inset, labels, quarters)
    sheet.write(2, sheet.top + _KEY + 138, "London, larger")
    return sheet.chart(_alt(page, rows, rule.id))


def _headings(rows: pd.DataFrame, rule: Measure) -> tuple[Bound, Bound]:
    """Return the title and the subtitle of the map of boards."""
    known = rows[rows["value"].notna()].sort_values(["value", "icb"])
    lowest, highest = (_figure(rule.id, known.iloc[end]) for end in (0, -1))
    short = named(rule.short)
    title = say("charts.map_of_boards.title", measure=short, lowest=lowest, highest=highest)
    month = named(systems.month(known["period"].iloc[0]))
    of = {"measure": named(rule.name), "unit": named(rule.unit), "month": month}
    return title, say("charts.map_of_boards.subtitle", **of)


def _figure(measure: str, row: Mapping[Any, Any] | pd.Series) -> Bound:
    at = systems.at(measure, row["icb"], row["period"])
    return bound(formats.number(row["value"], 1), at)


def _box(shapes: Sequence[Shape]) -> tuple[float, float, float, float]:
    """Return the west, east, south and north ends of some shapes."""
    xs, ys = zip(
        *(point for shape in shapes for ring in shape.rings for point in ring), strict=True
    )
    return min(xs), max(xs), min(ys), max(ys)


@recorded
def regions(page: View, shapes: Sequence[Shape]) -> Chart | Fragment:
    """Draw the regions, each with its name and how many of its trusts are in segment 1."""
    counts = page.segment_counts("region")
    names = page.register.drop_duplicates("region").set_index("region")["region_name"]
    if counts.empty:
        return notice(say("charts.map_of_regions.absent", absent=formats.Absent.NOT_LOADED))
    first = {code: _of(page, counts, str(code)) for code in names.index}
    title = say("charts.map_of_regions.title", **_least_and_most(page, counts))
    subtitle = say("charts.map_of_regions.subtitle", period=page.period)
    sheet = Sheet(title, subtitle, _HEIGHT)
    frame = _Frame(sheet.top, (_WEST, _EAST, _SOUTH, _NORTH), (0, theme.POINTS, _HEIGHT))
    for shape in shapes:
        _area(sheet, shape, frame, 4)
    for shape in shapes:
        inside = frame.place(shape.label)
        x, y = frame.place(_BESIDE.get(shape.code, shape.label))
        if shape.code in _BESIDE:
            sheet.axes.plot([inside[0], x], [inside[1], y], color=theme.GREY, lw=0.8)
            sheet.axes.plot(*inside, "o", color=theme.GREY, ms=4)
        lines = [*_wrapped(str(names[shape.code])), first[shape.code]]
        for number, words in enumerate(lines):
            above = (number - (len(lines) - 1) / 2) * 15
            weight = "bold" if number == len(lines) - 1 else "normal"
            sheet.write(x, y + above, words, ha="center", weight=weight, bbox=_GROUND)
    told = [
        say("charts.map_of_regions.count", region=names[shape.code], of=first[shape.code])
        for shape in shapes
    ]
    regions = count(len(shapes), "region", shown(page, "segments_by_region", "count"))
    return sheet.chart(
        say("charts.map_of_regions.alt", regions=regions, counts=joined(told, by="; "))
    )


def _least_and_most(page: View, counts: pd.DataFrame) -> dict[str, Bound]:
    """Return the smallest and the largest share of trusts in segment 1, as counts of counts."""
    shares = (counts[1] / counts.sum(axis=1)).sort_index()
    ends = {"lowest": shares.idxmin(), "highest": shares.idxmax()}
    return {end: _of(page, counts, str(code)) for end, code in ends.items()}


def _of(page: View, counts: pd.DataFrame, code: str) -> Bound:
    """Return how many of a region's trusts are in segment 1, of how many in any."""
    if code not in counts.index:
        return Bound(formats.Absent.NOT_LOADED)
    row = [int(many) for many in counts[counts.index == code].to_numpy()[0]]
    first, every = (
        cell(page, SEGMENTS, scope=OVERALL, region=code, adjusted=segments)
        for segments in (1, "|".join(map(str, counts)))
    )
    number, trusts = whole(row[0], first), whole(sum(row), every)
    return say("charts.map_of_regions.of", number=number, trusts=trusts)


def _wrapped(name: str) -> list[str]:
    before, joined, after = name.partition(" and ")
    return [f"{before} and", after] if joined else [name]


class _Frame:
    """Where degrees stand on the sheet: a box of degrees drawn into a box of points."""

    def __init__(
        self,
        top: float,
        box: tuple[float, float, float, float],
        into: tuple[float, float, float],
    ) -> None:
        west, east, south, north = box
        left, width, height = into
        self.scale = min(width / ((east - west) * _LATITUDE), height / (north - south))
        self.left, self.top, self.west, self.north = left, top, west, north

    def place(self, point: Point) -> Point:
        x = self.left + (point[0] - self.west) * _LATITUDE * self.scale
        return x, self.top + (self.north - point[1]) * self.scale


def _area(sheet: Sheet, shape: Shape, frame: _Frame, quarter: int) -> None:
    ground, hatch = _FILLS[quarter]
    points = [frame.place(point) for ring in shape.rings for point in ring]
    codes = [
        code
        for ring in shape.rings
        for code in (Path.MOVETO, *[Path.LINETO] * (len(ring) - 2), Path.CLOSEPOLY)
    ]
    edge = theme.GREY if ground == theme.WHITE else theme.WHITE
    style = {"facecolor": ground, "hatch": hatch, "edgecolor": theme.GREY, "linewidth": 0.7}
    sheet.axes.add_patch(PathPatch(Path(points, codes), **style))
    if edge == theme.WHITE:
        outline = {"facecolor": "none", "edgecolor": edge, "linewidth": 0.7}
        sheet.axes.add_patch(PathPatch(Path(points, codes), **outline))


def _labels(
    sheet: Sheet,
    shapes: Sequence[Shape],
    frame: _Frame,
    labels: Mapping[str, str],
    quarters: Mapping[str, int],
) -> None:
    for shape in shapes:
        ground, hatch = _FILLS[quarters[shape.code]]
        # A number that stands partly on its neighbour brings its own ground.
        covers = bool(hatch) or shape.code in _MOVED
        east, north = _MOVED.get(shape.code, (0.0, 0.0))
        x, y = frame.place((shape.label[0] + east, shape.label[1] + north))
        letters = {
            "ha": "center",
            "color": theme.text_on(theme.WHITE if covers else ground),
            "bbox": _GROUND if covers else None,
        }
        sheet.write(x, y, labels[shape.code], **letters)


def _key(sheet: Sheet) -> None:
    words = {1: "lowest quarter", 2: "next", 3: "next", 4: "highest"}
    lefts = {1: 2.0, 2: 132.0, 3: 192.0, 4: 252.0}
    for quarter, told in words.items():
        ground, hatch = _FILLS[quarter]
        left, y = lefts[quarter], sheet.top + theme.LINE / 2
        sheet.axes.add_patch(
            PathPatch(
                Path([(left, y - 7), (left + 18, y - 7), (left + 18, y + 7), (left, y + 7),
                      (left, y - 7)]),
                facecolor=ground, hatch=hatch, edgecolor=theme.GREY, linewidth=0.7,
            )
        )  # fmt: skip
        sheet.write(left + 23, y, told)


def _alt(page: View, rows: pd.DataFrame, measure: str) -> Bound:
    """Return every board's number and figure in words."""
    told = [
        say("charts.map_of_boards.board", number=named(row["number"]),
            board=named(formats.short_icb(str(row["name"]))), value=_figure(measure, row))
        for row in rows.to_dict("records")
    ]  # fmt: skip
    boards = count(len(rows), "board", cell(page, ICBS))
    return say("charts.map_of_boards.alt", boards=boards, figures=joined(told, by="; "))
