"""Variation and assurance icons of our own: a shape, a sign and words; colour is never alone."""

from dataclasses import dataclass
from typing import Any, Literal

from matplotlib.patches import Circle, Polygon, Rectangle

from oversight_lib.method.spc import Assurance, Variation
from oversight_lib.report import theme
from oversight_lib.report.charts.canvas import Sheet

Form = Literal["disc", "diamond", "square", "ring"]
RADIUS = 11.0
_UP, _DOWN = "↑", "↓"


@dataclass(frozen=True, slots=True)
class Icon:
    """A shape, its colour, the sign in it, and the words beside it."""

    form: Form
    colour: str
    sign: str
    words: str


_VARIATION: dict[Variation, Icon] = {
    Variation.IMPROVEMENT_HIGH: Icon("disc", theme.BLUE, _UP, "improvement, high"),
    Variation.IMPROVEMENT_LOW: Icon("disc", theme.BLUE, _DOWN, "improvement, low"),
    Variation.CONCERN_HIGH: Icon("diamond", theme.ORANGE, _UP, "concern, high"),
    Variation.CONCERN_LOW: Icon("diamond", theme.ORANGE, _DOWN, "concern, low"),
    Variation.NEUTRAL_HIGH: Icon("square", theme.PLUM, _UP, "special cause, high"),
    Variation.NEUTRAL_LOW: Icon("square", theme.PLUM, _DOWN, "special cause, low"),
    Variation.COMMON_CAUSE: Icon("ring", theme.GREY, "~", "common cause"),
}
_ASSURANCE: dict[Assurance, Icon] = {
    Assurance.CONSISTENTLY_PASSES: Icon("disc", theme.BLUE, "P", "meets target if unchanged"),
    Assurance.CONSISTENTLY_FAILS: Icon("diamond", theme.ORANGE, "F", "misses target if unchanged"),
    Assurance.HIT_AND_MISS: Icon("ring", theme.GREY, "?", "hit and miss"),
}


def variation(verdict: Variation) -> Icon | None:
    """Return the icon of a variation; none where the chart has none."""
    return _VARIATION.get(verdict)


def assurance(verdict: Assurance) -> Icon | None:
    """Return the icon of an assurance; none where the chart has none."""
    return _ASSURANCE.get(verdict)


def draw(sheet: Sheet, x: float, y: float, icon: Icon) -> None:
    """Draw an icon with its left end at `x` and its middle at `y`, and its words beside it."""
    middle = x + RADIUS + 1
    hollow = icon.form == "ring"
    style: dict[str, Any] = {
        "facecolor": theme.WHITE if hollow else icon.colour,
        "edgecolor": icon.colour,
        "linewidth": 2.0,
    }
    r = RADIUS
    shapes = {
        "disc": Circle((middle, y), r, **style),
        "ring": Circle((middle, y), r, **style),
        "square": Rectangle((middle - r, y - r), 2 * r, 2 * r, **style),
        "diamond": Polygon(
            [(middle - r - 1, y), (middle, y - r - 1), (middle + r + 1, y), (middle, y + r + 1)],
            **style,
        ),
    }
    sheet.axes.add_patch(shapes[icon.form])
    ground = theme.WHITE if hollow else icon.colour
    sheet.write(middle, y, icon.sign, ha="center", weight="bold", color=theme.text_on(ground))
    sheet.write(middle + r + 6, y, icon.words)
