"""The outline of an area."""

from dataclasses import dataclass

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Shape:
    """An area's rings of (longitude, latitude) in degrees, and a point inside for its label."""

    code: str
    label: Point
    rings: tuple[tuple[Point, ...], ...]
