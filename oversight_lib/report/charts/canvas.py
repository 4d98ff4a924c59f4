"""A chart: its picture and its words, and the sheet it is drawn on."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from textwrap import wrap
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from oversight_lib.errors import visible
from oversight_lib.report import theme
from oversight_lib.report.bound import Bound, capital, spaced
from oversight_lib.report.sentences import say

_MARGIN = 2.0
_TITLE_WIDTH, _SUBTITLE_WIDTH = 42, 47


@dataclass(frozen=True, slots=True, repr=False)
class Chart:
    """A picture as SVG, and the words that stand in for it.

    A notebook shows the picture; its words travel beside it, where whoever binds the page finds
    them.
    """

    svg: str
    words: Bound

    @property
    def alt(self) -> str:
        """The words as text, for whoever cannot see the picture."""
        return str(self.words)

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The words as a page takes note of them."""
        return (self.words,)

    def __repr__(self) -> str:
        return self.alt

    def _repr_mimebundle_(self, **_: object) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
        kind = "image/svg+xml"
        return {kind: self.svg, "text/plain": self.alt}, {kind: {"alt": self.alt}}


@dataclass
class Sheet:
    """A figure measured in points from its upper left corner, with its headings written.

    `top` is where the picture may begin. Whoever draws adds marks to `axes` and takes the
    finished chart from `chart`.
    """

    title: str
    subtitle: str
    height: float
    top: float = field(init=False)
    figure: Figure = field(init=False)
    axes: Axes = field(init=False)

    def __post_init__(self) -> None:
        self.title = capital(self.title)
        titles, subtitles = (
            wrap(str(words), width)
            for words, width in ((self.title, _TITLE_WIDTH), (self.subtitle, _SUBTITLE_WIDTH))
        )
        self.top = (len(titles) + len(subtitles)) * theme.LINE + theme.LINE / 2
        whole = self.top + self.height
        self.figure = theme.figure(whole)
        self.axes = self.figure.add_axes((0, 0, 1, 1), xlim=(0, theme.POINTS), ylim=(whole, 0))
        self.axes.set_axis_off()
        self._lines(titles, 0.0, weight="bold")
        self._lines(subtitles, len(titles) * theme.LINE, color=theme.GREY)

    def write(self, x: float, y: float, words: str, **style: Any) -> None:
        """Write a line of text whose middle is at `y`, in black from `x` unless told otherwise."""
        self.axes.text(x, y, visible(words), **{**theme.LETTERS, **style})

    def ends(self, y: float, left: str, right: str = "", **style: Any) -> None:
        """Write a line with words at its left end and at its right."""
        self.write(_MARGIN, y, left, **style)
        if right:
            self.write(theme.POINTS - _MARGIN, y, right, ha="right", **style)

    def chart(self, alt: str) -> Chart:
        """Return what was drawn, with its words after the title and what was measured."""
        words = say("charts.words", title=self.title, subtitle=self.subtitle, alt=alt)
        return Chart(theme.svg(self.figure), spaced(words))

    def _lines(self, lines: Sequence[str], start: float, **style: Any) -> None:
        for number, words in enumerate(lines):
            self.write(_MARGIN, start + (number + 0.5) * theme.LINE, words, **style)
