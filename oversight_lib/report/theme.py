"""How charts look: the palette, contrast computed, the type, and figures as the same SVG always.

A chart is drawn narrow so that a telephone shows it whole: its text is at least 12 px when the
chart is 320 px wide.
"""

import re
from collections.abc import Mapping
from io import StringIO
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure

TEXT = "#0b0c0c"
BLUE = "#12436D"
MID_BLUE = "#2073BC"
TEAL = "#28A197"
PLUM = "#801650"
ORANGE = "#F46A25"
GREY = "#3D3D3D"
QUIET = "#767676"
WHITE = "#ffffff"
SEGMENTS: Mapping[int, str] = {1: BLUE, 2: MID_BLUE, 3: ORANGE, 4: PLUM}
"""A segment's colour; its number is always written beside it."""

PALETTE = (TEXT, BLUE, MID_BLUE, TEAL, PLUM, ORANGE, GREY, QUIET)
"""Every colour a mark may have, each at least 3:1 on white; text is `TEXT` or at least 4.5:1."""

WIDTH = 4.8
"""Width of every chart in inches."""
POINTS = WIDTH * 72
"""The same in points, in which charts are drawn."""
SIZE = 13.0
"""The one size of text, in points."""
LINE = 18.0
"""Height of a line of text, in points."""

_STYLE: Any = {
    "svg.fonttype": "none",
    "svg.hashsalt": "oversight",
    "path.simplify": False,
}
# DejaVu Sans comes with matplotlib, so every machine lays a chart out alike; the narrower Arial
# that the reader sees always fits.
_FAMILY = "DejaVu Sans"
_WRITTEN = re.compile(r"font-family: [^;\"]*")

LETTERS: Mapping[str, Any] = {
    "family": _FAMILY,
    "size": SIZE,
    "color": TEXT,
    "va": "center_baseline",
    "parse_math": False,
}
"""How text is written on a chart, unless it is told otherwise."""


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, as WCAG 2.2 defines it: 0 black, 1 white."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21, as WCAG 2.2 defines it."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def text_on(colour: str) -> str:
    """Return the colour of text on a ground: whichever of white and the text colour shows more."""
    return max((WHITE, TEXT), key=lambda text: contrast(text, colour))


def figure(height: float) -> Figure:
    """Return an empty white figure, as wide as every chart and this many points high."""
    with mpl.rc_context(_STYLE):
        return Figure(figsize=(WIDTH, height / 72), facecolor=WHITE)


def svg(drawn: Figure) -> str:
    """Return the figure as SVG: no date, no maker, text as text, the same bytes every time."""
    with mpl.rc_context(_STYLE):
        page = StringIO()
        drawn.savefig(page, format="svg", metadata=dict.fromkeys(("Date", "Creator", "Format")))
    return _WRITTEN.sub("font-family: Arial, Helvetica, sans-serif", page.getvalue())
