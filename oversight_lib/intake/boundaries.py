"""Boundaries of boards and regions, as rings of longitude and latitude."""

import json
from pathlib import Path
from typing import Literal

from oversight_lib.intake import DATA
from oversight_lib.method.shapes import Shape

Kind = Literal["icb", "region"]
_FILES: dict[Kind, str] = {"icb": "icbs.geojson", "region": "regions.geojson"}


def open_boundaries(kind: Kind, data: Path = DATA) -> tuple[Shape, ...]:
    """Return the shapes of all boards, or of all regions, by code."""
    path = data / "boundaries" / _FILES[kind]
    features = json.loads(path.read_text("utf-8"))["features"]
    return tuple(
        Shape(
            code=feature["properties"]["code"],
            label=tuple(feature["properties"]["label"]),
            rings=tuple(
                tuple((x, y) for x, y in ring)
                for polygon in feature["geometry"]["coordinates"]
                for ring in polygon
            ),
        )
        for feature in features
    )
