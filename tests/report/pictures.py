"""What every picture has to be: in the palette, in letters large enough, words apart and inside."""

import re
from itertools import combinations
from unittest.mock import patch

from oversight_lib.report import theme

SLACK = 8
"""Pixels by which letters may meet here: a reader sees Arial, which is a tenth narrower."""


def drawn(draw):
    """What a function draws, and the figure it was drawn on."""
    with patch.object(theme, "svg", side_effect=theme.svg) as save:
        chart = draw()
    return chart, save.call_args.args[0]


def in_the_palette(svg):
    """Assert that every colour is of the palette and every letter of the size."""
    colours = set(re.findall(r"(?:fill|stroke): (#[0-9a-f]{6})", svg))
    assert colours <= {colour.lower() for colour in (*theme.PALETTE, theme.WHITE)}
    assert {float(size) for size in re.findall(r"font-size: ([\d.]+)px", svg)} == {theme.SIZE}


def legible(figure):
    """Assert that all words lie inside the picture and none on another."""
    whole = figure.bbox
    boxes = [text.get_window_extent() for text in figure.axes[0].texts]
    assert all(box.x0 >= whole.x0 - 1 and box.x1 <= whole.x1 + SLACK for box in boxes)
    assert all(box.y0 >= whole.y0 - 1 and box.y1 <= whole.y1 + 1 for box in boxes)
    assert not [pair for pair in combinations(boxes, 2) if _overlap(*pair)]


def _overlap(one, other):
    across = min(one.x1, other.x1) - max(one.x0, other.x0)
    down = min(one.y1, other.y1) - max(one.y0, other.y0)
    return across > SLACK and down > 6
