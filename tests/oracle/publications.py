"""Random small publications: any trust types, ties, gaps, small numbers, printed scores or none."""

import numpy as np
import pandas as pd
from hypothesis import strategies as st

from oversight_lib import frames
from oversight_lib.method.publication import Publication
from oversight_lib.periods import Quarter
from tests.oracle.by_hand import OVERALL, ByHand, half_up

_KINDS = ("acute", "mental-health-community", "ambulance")


def publication_of(quarter, orgs, values, scores, results, reference_counts):
    """A publication from plain lists of dictionaries; what is not given is missing."""
    organisations = pd.DataFrame(
        [
            {
                "org": org,
                "name": f"Trust {org}",
                "trust_type": kind,
                "region": "Y56",
                "region_name": "London",
                "icb": "QMF",
                "icb_name": "NHS North East London Integrated Care Board",
                "icb_source": "made up",
                "icb_disputed": False,
            }
            for org, kind in orgs.items()
        ]
    )

    def frame(shape, rows):
        full = pd.DataFrame([{"quarter": quarter, **row} for row in rows], columns=shape.names)
        return shape.arrange(full)

    return Publication(
        quarter=Quarter.parse(quarter),
        observations=frame(frames.OBSERVATIONS, values),
        published_scores=frame(frames.PUBLISHED_SCORES, scores),
        published_results=frame(frames.PUBLISHED_RESULTS, results),
        organisations=frames.ORGANISATIONS.arrange(
            organisations.reindex(columns=frames.ORGANISATIONS.names)
        ),
        league=frames.LEAGUE.empty(),
        reference_counts=reference_counts,
    )


def _values(draw, metric):
    scoring = metric.scoring
    if scoring.kind in ("matrix", "category"):
        return None, None
    if metric.small_numbers and draw(st.booleans()):
        return float(draw(st.integers(0, 5))), metric.small_numbers.unit
    centre = getattr(scoring, "threshold", 0.0)
    return round(centre + draw(st.integers(-6, 6)) * 0.5, 2), metric.unit


def _score(draw, metric, size):
    scoring = metric.scoring
    if scoring.kind in ("matrix", "category", "bands"):
        return float(draw(st.integers(1, 4)))
    if scoring.kind != "rank" and draw(st.booleans()):
        return scoring.fixed
    step = draw(st.integers(0, size - 1)) / max(size - 1, 1)
    return half_up(scoring.best + (scoring.lowest - scoring.best) * step)


@st.composite
def publications(draw, framework, *, printed=True):
    """A publication; with `printed=False` there are values but no printed scores or results."""
    kinds = [kind for kind in _KINDS for _ in range(draw(st.integers(0, 4)))] or ["acute"]
    orgs = {f"R{number:02d}": kind for number, kind in enumerate(kinds)}
    counts = {kind: kinds.count(kind) + draw(st.integers(0, 3)) for kind in _KINDS}
    metrics = draw(
        st.lists(
            st.sampled_from(framework.metric), min_size=2, max_size=7, unique_by=lambda m: m.id
        )
    )
    values, scores = [], []
    for metric in metrics:
        size = draw(st.integers(1, 14))
        pool = framework.pool_of(metric)
        for org in [org for org, kind in orgs.items() if kind in pool.trust_types]:
            value, unit = _values(draw, metric)
            key = {"org": org, "metric": metric.id}
            if value is not None and draw(st.integers(0, 5)):
                values.append({**key, "value": value, "unit": unit})
            if printed and draw(st.integers(0, 5)):
                scores.append({**key, "published_score": _score(draw, metric, size)})
    quarter = draw(st.sampled_from(["2025-26-q1", "2025-26-q2"]))
    bare = publication_of(quarter, orgs, values, scores, [], counts)
    results = _results(draw, bare, framework) if printed else []
    return publication_of(quarter, orgs, values, scores, results, counts)


def _results(draw, bare, framework):
    """Published segments, mostly in the order of the averages, sometimes not."""
    shuffled = draw(st.booleans())
    averages = ByHand(bare, framework).averages
    rows = []
    for scope in sorted({scope for _, scope in averages}):
        orgs = [org for org, its in averages if its == scope]
        ordered = sorted(orgs, key=lambda org: half_up(averages[org, scope]))
        for place, org in enumerate(orgs if shuffled else ordered):
            row = {"org": org, "scope": scope, "unadjusted": 1 + 4 * place // len(orgs)}
            if scope == OVERALL:
                row |= {
                    "override": draw(st.sampled_from([True, False, None])),
                    "in_recovery": draw(st.sampled_from([True, False, None])),
                }
            rows.append(row)
    return rows


def missing(number):
    """Whether a cell of a frame or a by-hand result is missing."""
    return number is None or number is pd.NA or (isinstance(number, float) and np.isnan(number))
