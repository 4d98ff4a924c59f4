"""Made-up quarters for the tests: every trust of every type, values drawn from a seed."""

from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd

from oversight_lib import frames
from oversight_lib.method.assessment import assess
from oversight_lib.method.publication import Publication
from oversight_lib.periods import FrameworkYear, Quarter
from oversight_lib.rules import load_framework

FRAMEWORK = load_framework(FrameworkYear(2025))
TYPES = ("acute", "mental-health-community", "ambulance")
SMALL = (6, 5, 3)


def frame(shape, rows):
    """The frame with these rows; columns not given are missing."""
    return shape.arrange(pd.DataFrame(rows, columns=shape.names))


def publication_of(quarter, kinds, values, *, scores=(), results=(), counts=None):
    """A publication from plain lists of dictionaries; `kinds` maps each trust to its type."""
    at = {"quarter": quarter}
    regions = {"region": "Y56", "region_name": "London", "icb": "QMF", "icb_name": "North London"}
    organisations = [
        {"org": org, "name": f"Trust {org}", "trust_type": kind, **regions,
         "icb_source": "made up", "icb_disputed": False}
        for org, kind in kinds.items()
    ]  # fmt: skip
    return Publication(
        quarter=Quarter.parse(quarter),
        observations=frame(frames.OBSERVATIONS, [{**at, **row} for row in values]),
        published_scores=frame(frames.PUBLISHED_SCORES, [{**at, **row} for row in scores]),
        published_results=frame(frames.PUBLISHED_RESULTS, [{**at, **row} for row in results]),
        organisations=frame(frames.ORGANISATIONS, organisations),
        league=frames.LEAGUE.empty(),
        reference_counts=counts
        or {kind: sum(found == kind for found in kinds.values()) for kind in TYPES},
    )


def whole_quarter(seed=0, sizes=SMALL, *, quarter="2025-26-q1", gaps=0.15, deficits=0.3):
    """Every trust of every type with values: each pool is complete.

    A `gaps` share of the values is missing and a `deficits` share of the trusts is overridden.
    """
    chance = np.random.default_rng(seed)
    kinds = {
        f"R{code}{number:03d}": kind
        for code, kind, size in zip("ABC", TYPES, sizes, strict=True)
        for number in range(size)
    }
    values = [
        {"org": org, "metric": metric.id, "unit": unit, "value": value, "period": "Jun-25"}
        for metric in FRAMEWORK.metric
        for org, kind in kinds.items()
        if kind in FRAMEWORK.pool_of(metric).trust_types
        for value, unit in [_value(metric, chance)]
        if value is not None and chance.random() >= gaps
    ]
    results = [
        {"org": org, "scope": "overall", "override": bool(chance.random() < deficits)}
        for org in kinds
    ]
    return publication_of(quarter, kinds, values, scores=_combined_finance(values), results=results)


def _combined_finance(values):
    """The one printed score: what is read from two others has no value to be scored from."""
    matrix = FRAMEWORK.find("OF0080").scoring
    held = {(row["org"], row["metric"]): row["value"] for row in values}
    for org in sorted({org for org, _ in held}):
        sides = [held.get((org, side)) for side in (matrix.rows, matrix.columns)]
        if None not in sides:
            row, column = (
                _band(value, FRAMEWORK.find(side).scoring.bands)
                for value, side in zip(sides, (matrix.rows, matrix.columns), strict=True)
            )
            score = matrix.scores[row][column]
            yield {"org": org, "metric": "OF0080", "published_score": score, "period": "Jun-25"}


def _band(value, bands):
    """The number of the first band a value fits."""
    for number, band in enumerate(bands[:-1]):
        fits = value > band.above if band.at_least is None else value >= band.at_least
        if fits:
            return number
    return len(bands) - 1


@cache
def assessed(seed=0, sizes=SMALL, quarter="2025-26-q1", gaps=0.15):
    """The assessment of a whole quarter; made once, since assessing costs more than most tests."""
    return assess(whole_quarter(seed, sizes, quarter=quarter, gaps=gaps), FRAMEWORK)


def _value(metric, chance):
    scoring = metric.scoring
    if scoring.kind in ("matrix", "category"):
        return None, None
    if metric.small_numbers and chance.random() < 0.1:
        return float(chance.integers(0, 5)), metric.small_numbers.unit
    return round(float(getattr(scoring, "threshold", 0.0) + chance.normal()), 2), metric.unit


def without_type(publication, assessment, trust_type):
    """The publication as if one trust type's files were not loaded, with what was published."""
    kept = publication.organisations["trust_type"].ne(trust_type)
    orgs = publication.organisations.loc[kept, "org"]

    def of(table):
        return table[table["org"].isin(orgs)].reset_index(drop=True)

    scores = assessment.scores[["quarter", "org", "metric", "period"]].assign(
        published_score=assessment.scores["score"].round(2)
    )
    columns = ["quarter", "org", "scope", "unadjusted", "override", "in_recovery"]
    segments = assessment.segments.assign(in_recovery=pd.NA)[columns]
    full = segments.reindex(columns=frames.PUBLISHED_RESULTS.names)
    return replace(
        publication,
        observations=of(publication.observations),
        published_scores=frames.PUBLISHED_SCORES.arrange(of(scores.dropna())),
        published_results=frames.PUBLISHED_RESULTS.arrange(of(full)),
        organisations=of(publication.organisations),
    )


BANDED = ("OF0046", "OF0067", "OF0069", "OF0035")
"""Metrics whose score is printed and depends on nobody else."""


def banded_quarter(scores, segments, *, quarter="2025-26-q1", overrides=(), period=None):
    """An acute-only quarter of banded metrics; `scores` maps each trust to its printed scores.

    Other types are not loaded, so the published `segments` bracket the cuts.
    """
    rows = [
        {"org": org, "metric": metric, "published_score": float(score), "period": period}
        for org, its in scores.items()
        for metric, score in zip(BANDED, its, strict=False)
        if score is not None
    ]
    results = [
        {"org": org, "scope": scope, "unadjusted": segment, "override": org in overrides}
        for org, segment in segments.items()
        for scope in ("overall", "effectiveness", "safety")
    ]
    counts = {"acute": len(scores), "mental-health-community": 1, "ambulance": 1}
    kinds = dict.fromkeys(scores, "acute")
    publication = publication_of(quarter, kinds, [], scores=rows, results=results, counts=counts)
    return assess(publication, FRAMEWORK)
