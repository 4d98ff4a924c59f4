"""How sure a trust's segment is: chances, what leaving out does, periods and gaps in the data."""

import pandas as pd

from oversight_lib.frames import FIRMNESS, LEAVE_OUT
from oversight_lib.method.assessment import Assessment
from oversight_lib.method.firmness import QUARTERLY, RESAMPLED
from oversight_lib.rules.model import Framework

LIKELY = 0.7
"""The chance of its own segment below which a trust is near a cut: not even 'likely'."""

_MODELS = {RESAMPLED: 0, QUARTERLY: 1}
_CHANCES = {"p1": 1, "p2": 2, "p3": 3, "p4": 4}


def own_chances(firmness: pd.DataFrame) -> "pd.Series[float]":
    """Return the chance of a trust's own segment, row by row; missing without a segment."""
    parts = [
        firmness[name].where(firmness["segment"].eq(segment).fillna(False))
        for name, segment in _CHANCES.items()
    ]
    return pd.concat(parts, axis="columns").max(axis="columns")


def trusted(firmness: pd.DataFrame) -> pd.DataFrame:
    """Return each trust's chances under the one model that is taken: of quarters, if it can be."""
    order = firmness.assign(order=firmness["noise_model"].map(_MODELS)).sort_values("order")
    return order.drop_duplicates("org", keep="last").drop(columns="order")


def near_a_cut(firmness: pd.DataFrame) -> "pd.Series[bool]":
    """Return, per trust, whether another segment has a fair chance."""
    rows = trusted(firmness).set_index("org")
    return own_chances(rows).lt(LIKELY - 1e-9)


def of_trusts(assessment: Assessment, framework: Framework) -> pd.DataFrame:
    """Return how sure each trust's segment is: `code`, `kind`, `item`, `value`, `n`, `strength`."""
    return pd.concat(
        [
            _firm(assessment.table(FIRMNESS)),
            _left_out(assessment.table(LEAVE_OUT), framework),
            _unpublished(assessment),
        ],
        ignore_index=True,
    )


def reporting_periods(assessment: Assessment, members: pd.DataFrame) -> pd.DataFrame:
    """Return how many reporting periods lie behind the averages of each page's trusts."""
    scores = assessment.scores
    dated = scores.loc[scores["weight"].gt(0) & scores["period"].notna(), ["org", "period"]]
    own = dated.assign(page="trust", code=dated["org"])
    rows = pd.concat([members.merge(dated, on="org"), own], ignore_index=True)
    counts = rows.groupby(["page", "code"])["period"].nunique().rename("value").reset_index()
    return counts.assign(kind="reporting_periods", item="all")


def _firm(firmness: pd.DataFrame) -> pd.DataFrame:
    rows = trusted(firmness)
    return pd.DataFrame({
        "code": rows["org"], "kind": "firmness", "item": rows["noise_model"],
        "value": own_chances(rows), "n": rows["quarters"],
        "noise_model": rows["noise_model"], "strength": rows["label"].fillna("cannot be told"),
    })  # fmt: skip


def _left_out(rows: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    own = rows[rows["reading"].eq("this trust")]
    domains = own["removed"].isin([domain.id for domain in framework.domain])
    typed = own.assign(item=domains.map({True: "domains", False: "metrics"}))
    counts = typed.assign(
        holds=typed["changes"].fillna(False).astype(int),
        unknown=typed["changes"].isna().astype(int),
    ).groupby(["org", "item"], as_index=False)
    sums = counts.agg(holds=("holds", "sum"), unknown=("unknown", "sum"), n=("removed", "size"))
    named = sums.rename(columns={"org": "code"})
    return pd.concat([
        named.assign(kind=kind, value=named[column])[["code", "kind", "item", "value", "n"]]
        for kind, column in (("leave_out", "holds"), ("leave_out_unknown", "unknown"))
    ])  # fmt: skip


def _unpublished(assessment: Assessment) -> pd.DataFrame:
    """Return how many metrics others of a trust's type are scored on and it is not."""
    kinds = assessment.organisations.set_index("org")["trust_type"]
    mine = assessment.scores[["org", "metric"]]
    own = mine.groupby("org")["metric"].nunique().reindex(kinds.index).fillna(0)
    of_type = mine.assign(kind=mine["org"].map(kinds)).groupby("kind")["metric"].nunique()
    lacking = kinds.map(of_type).fillna(0) - own
    return pd.DataFrame({
        "code": lacking.index, "kind": "metrics_unpublished", "item": "all",
        "value": lacking.to_numpy(), "n": kinds.map(of_type).to_numpy(),
    })  # fmt: skip
