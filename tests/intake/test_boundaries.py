"""Boundaries: every board and region of 2025/26, closed rings, labels inside England."""

import itertools

import pytest

from oversight_lib.intake import DATA, open_boundaries
from oversight_lib.intake.organisations import icbs, regions
from oversight_lib.periods import Quarter

CODES = {
    "icb": set(icbs(DATA, Quarter.parse("2025-26-q1"))["icb"]),
    "region": set(regions()["region"]),
}


@pytest.mark.parametrize("kind", CODES)
def test_every_area_has_closed_rings_and_a_label_in_england(kind):
    shapes = open_boundaries(kind)
    assert {shape.code for shape in shapes} == CODES[kind]
    for shape in shapes:
        assert all(ring[0] == ring[-1] and len(ring) > 3 for ring in shape.rings)
        assert all(-6.5 < x < 2 and 49.8 < y < 56 for ring in shape.rings for x, y in ring)
        assert inside(shape.label, shape.rings[0]), shape.code


def inside(point, ring):
    """Whether a line due east from the point leaves the ring an odd number of times."""
    x, y = point
    crossings = 0
    for (x1, y1), (x2, y2) in itertools.pairwise(ring):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
            crossings += 1
    return crossings % 2 == 1
