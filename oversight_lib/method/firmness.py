"""How firmly a trust sits in its segment: the chance of each, under a named model of noise.

Two models, never merged. Resampling a trust's own metrics is the publisher's: it asks what another
set of metrics would show. Quarter-to-quarter variation is what averages did between the quarters
that are loaded. Sampling error is not among them: no denominator or published limit is loaded.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from oversight_lib.frames import FIRMNESS
from oversight_lib.method.assessment import Assessment
from oversight_lib.method.resampling import DRAWS, SEED, Numbers, stream
from oversight_lib.method.rounding import half_up
from oversight_lib.method.tables import Tables
from oversight_lib.method.uncertainty import drawn_averages
from oversight_lib.periods import Quarter
from oversight_lib.rules.model import Framework

RESAMPLED = "its own metrics resampled"
QUARTERLY = "quarter-to-quarter variation"

_LABELS = {0.9: "firm", 0.7: "likely", 0.5: "borderline", 0.0: "another segment is as likely"}
_HELD_STILL = (
    "annual surveys and ratings stand still between these quarters, so their noise is not in it"
)
_ENOUGH_QUARTERS = 3


def firmness(
    assessment: Assessment,
    framework: Framework,
    *,
    history: Sequence[Assessment] = (),
    draws: int = DRAWS,
    seed: int = SEED,
) -> pd.DataFrame:
    """Return the frame FIRMNESS: the chance of each adjusted segment, a row a trust and model.

    `history` holds other quarters' assessments; the second model is there for the trust types
    of which three quarters are loaded. Chances are in steps of 5% and add up to 1; a trust whose
    segment is not known has none. Segment 5 is a judgement and has none either: the chances are
    of the segment before it.
    """
    tables = Tables.of(assessment, framework)
    resampled = drawn_averages(assessment, tables.orgs, draws=draws, seed=seed)
    rows = [_chances(resampled, tables, assessment).assign(noise_model=RESAMPLED, quarters=1)]
    variation = quarterly_variation([*history, assessment])
    spreads = pd.Series(tables.kinds, tables.orgs).map(variation["spread"])
    if spreads.notna().any():
        noisy = _varied(assessment, spreads.fillna(0).to_numpy(), draws=draws, seed=seed)
        types = pd.Series(tables.kinds).map(variation["quarters"])
        found = _chances(noisy, tables, assessment).assign(
            noise_model=QUARTERLY, note=_HELD_STILL, spread=spreads.to_numpy(), quarters=types
        )
        rows = [*rows, found[spreads.notna().to_numpy()]]
    quarter = assessment.segments["quarter"].iloc[0]
    return FIRMNESS.arrange(pd.concat(rows).assign(quarter=quarter).reindex(columns=FIRMNESS.names))


def quarterly_variation(assessments: Sequence[Assessment]) -> pd.DataFrame:
    """Return `spread` and `quarters` by trust type, for types of which three are loaded.

    The standard deviation of the change in average from one quarter to the next, over all trusts
    of the type that are in both, divided by the square root of two: both ends of a change vary.
    """
    averages = pd.concat(
        [assessment.overall.assign(at=_number(assessment)) for assessment in assessments]
    ).drop_duplicates(["org", "at"])
    before = averages.assign(at=averages["at"] + 1)[["org", "at", "average"]]
    both = averages.merge(before, on=["org", "at"], suffixes=("", "_before"))
    changes = both.assign(change=both["average"] - both["average_before"])
    found = changes.groupby("trust_type").agg(spread=("change", "std"), quarters=("at", "nunique"))
    enough = found[found["quarters"] + 1 >= _ENOUGH_QUARTERS]
    return enough.assign(spread=enough["spread"] / np.sqrt(2), quarters=enough["quarters"] + 1)


def in_steps(chances: Numbers) -> Numbers:
    """Return chances in steps of 5%, each row still adding up to 1: largest remainders go up."""
    twentieths = chances * 20
    whole = np.floor(twentieths + 1e-9)
    order = np.argsort(np.argsort(whole - twentieths, axis=1, kind="stable"), axis=1)
    spare = 20 - whole.sum(axis=1, keepdims=True)
    return np.asarray((whole + (order < spare)) / 20)


def _number(assessment: Assessment) -> int:
    """Return the quarter as a running number."""
    quarter = Quarter.parse(str(assessment.segments["quarter"].iloc[0]))
    return 4 * quarter.year.start + quarter.number


def _varied(assessment: Assessment, spreads: Numbers, *, draws: int, seed: int) -> Numbers:
    """Return averages with normal noise of each trust's spread, inside the scale."""
    overall = assessment.overall
    noise = [stream(seed, org).standard_normal(draws) for org in overall["org"]]
    moved = overall["average"].to_numpy() + spreads * np.column_stack(noise)
    return np.clip(moved, 1, 4)


def _chances(averages: Numbers, tables: Tables, assessment: Assessment) -> pd.DataFrame:
    """Return, per trust, the chance of each segment over the draws, the label and the spread."""
    segments = tables.after_override(tables.unadjusted(half_up(averages)))
    shares = np.column_stack([(segments == s).mean(axis=0) for s in (1, 2, 3, 4)])
    segment = assessment.overall["adjusted"]
    known = segment.notna() & (shares.sum(axis=1) > 0)
    steps = np.where(known.to_numpy()[:, None], in_steps(shares), np.nan)
    chances = pd.DataFrame(steps, segment.index, ["p1", "p2", "p3", "p4"])
    own = steps[np.arange(len(steps)), segment.fillna(1).to_numpy(dtype=int) - 1]
    labels = np.select([own >= least - 1e-9 for least in _LABELS], list(_LABELS.values()), "")
    return chances.assign(
        org=tables.orgs,
        segment=segment,
        label=pd.Series(labels, segment.index).where(known),
        spread=averages.std(axis=0),
        note=None,
    )
