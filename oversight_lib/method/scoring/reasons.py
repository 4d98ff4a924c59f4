"""The reason for each metric score, in words."""

import pandas as pd

from oversight_lib.method.scoring.values import band_numbers
from oversight_lib.rules.base import Number, known
from oversight_lib.rules.model import (
    Band,
    Bands,
    Category,
    Floor,
    Matrix,
    Metric,
    Ranked,
    Standard,
)

_SIGNS = {"percent": "%", "percentage points": " percentage points", "minutes": " minutes"}
_BOUNDS = {"at_least": "at least", "above": "above", "at_most": "at most", "below": "below"}


def reason(rows: pd.DataFrame, metric: Metric) -> pd.Series:
    """Return why each row of one metric has its score, as 'ranked 23rd of 61'."""
    scoring = metric.scoring
    if isinstance(scoring, Matrix):
        return ("combined finance " + rows["pair"]).fillna("combined finance, as published")
    if isinstance(scoring, Category):
        return pd.Series("as published; the band behind it is not", rows.index, dtype="string")
    if isinstance(scoring, Bands):
        words = dict(enumerate(_bands(scoring, metric.unit)))
        phrases = band_numbers(rows["value"], scoring).map(words).astype("string")
        return phrases.fillna("as published; the value behind it is not")
    return _ranked(rows, metric, scoring)


def ordinals(numbers: pd.Series) -> pd.Series:
    """Return 1st, 2nd, 3rd, 4th, 11th … for whole numbers; missing stays missing."""
    whole = numbers.astype("Int64")
    ending = (whole % 10).map({1: "st", 2: "nd", 3: "rd"}).fillna("th")
    teens = (whole % 100).isin([11, 12, 13]).fillna(False)
    return whole.astype("string") + ending.mask(teens, "th").astype("string")


def threshold(scoring: Standard | Floor, unit: str) -> str:
    """Return a threshold in words, as 'at least 80%'."""
    bound = scoring.meets if isinstance(scoring, Standard) else scoring.passes
    return f"{_BOUNDS[bound]} {_amount(scoring.threshold, unit)}"


def _ranked(rows: pd.DataFrame, metric: Metric, scoring: Ranked) -> pd.Series:
    of, among, fixed = " of ", "", ""
    if isinstance(scoring, Standard):
        standard = f"the standard of {threshold(scoring, metric.unit)}"
        of, among, fixed = " of the ", f" not meeting {standard}", f"meets {standard}"
    if isinstance(scoring, Floor):
        floor = f"the floor of {threshold(scoring, metric.unit)}"
        of, among, fixed = " of the ", f" meeting {floor}", f"does not meet {floor}"
    sizes = rows["pool_size"].astype("Int64").astype("string")
    counts = rows["value"].where(rows["small"]).astype("Int64").astype("string")
    return (
        ("ranked " + ordinals(rows["rank"]) + of + sizes + among)
        .mask(rows["fixed"], fixed)
        .mask(rows["small"], "count of " + counts + ", no usable threshold")
        .fillna("as published; how many were ranked is not known")
    )


def _bands(bands: Bands, unit: str) -> list[str]:
    """Return one phrase a band, in order, as 'above -1% but below 0%'."""
    lower = [*(_edge(band, unit) for band in bands.bands[:-1]), ""]
    upper = ["", *(_beyond(band, unit) for band in bands.bands[:-1])]
    return [" but ".join(filter(None, pair)) for pair in zip(lower, upper, strict=True)]


def _edge(band: Band, unit: str) -> str:
    if band.at_least is not None:
        return f"at least {_amount(band.at_least, unit)}"
    return f"above {_amount(band.above or 0.0, unit)}"


def _beyond(band: Band, unit: str) -> str:
    if band.at_least is not None:
        return f"below {_amount(band.at_least, unit)}"
    return f"not above {_amount(band.above or 0.0, unit)}"


def _amount(number: Number, unit: str) -> str:
    return f"{known(number, 'a threshold'):g}{_SIGNS.get(unit, '')}"
