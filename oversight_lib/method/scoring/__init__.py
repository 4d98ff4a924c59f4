"""Observations to metric scores, each with its reason.

Two ways lead to a score: from the *values*, where everybody the organisation is ranked against is
loaded, and from the score in *print*, to two decimals, put back on the grid it was rounded from.
Printed scores are used where there are any. Methodology manual 2025/26, Step 1.
"""

import pandas as pd

from oversight_lib.frames import SCORES
from oversight_lib.method.publication import Publication
from oversight_lib.method.rounding import half_up
from oversight_lib.method.scoring import pools, printed, values
from oversight_lib.method.scoring.reasons import reason
from oversight_lib.rules.model import Framework, Metric


def score(
    publication: Publication, framework: Framework, *, recompute: bool = False
) -> pd.DataFrame:
    """Return the frame SCORES: one row an organisation and metric, with score, rank and reason.

    `recompute` prefers scores from values wherever the whole pool is loaded. A metric that is
    missing for an organisation has no row; one that cannot be scored has a row that says why.
    """
    rows = _rows(publication, framework)
    groups = rows.groupby("metric", sort=True)
    metrics = [metric for metric in framework.metric if metric.id in groups.groups]
    from_values = [values.score(groups.get_group(metric.id), metric) for metric in metrics]
    scored = values.combine(pd.concat(from_values), framework)
    both = [_with_print(scored[scored["metric"] == metric.id], metric) for metric in metrics]
    chosen = _choose(pd.concat(both), recompute=recompute)
    return SCORES.arrange(chosen.reindex(columns=SCORES.names))


def _rows(publication: Publication, framework: Framework) -> pd.DataFrame:
    """Return one row an organisation and metric that has a value or a printed score."""
    keys = ["quarter", "org", "metric"]
    observed = publication.observations[[*keys, "value", "unit", "period"]]
    in_print = publication.published_scores.rename(columns={"period": "score_period"})
    rows = observed.merge(in_print, on=keys, how="outer", sort=True)
    rules = pd.DataFrame(
        [(m.id, m.domain, m.weight) for m in framework.metric],
        columns=["metric", "domain", "weight"],
    )
    return (
        rows.assign(
            period=rows["period"].fillna(rows["score_period"]),
            trust_type=rows["org"].map(publication.trust_types),
        )
        .merge(rules, on="metric", how="inner", validate="many_to_one")
        .merge(pools.of_metrics(publication, framework), on=["metric", "trust_type"], how="left")
    )


def _with_print(rows: pd.DataFrame, metric: Metric) -> pd.DataFrame:
    """Return one metric's rows with both scores as averages carry them, and the reason."""
    sharpened = printed.sharpen(rows, metric)
    rounded = sharpened["quarter"].isin(metric.rounded_before_averaging)
    from_values = sharpened["recomputed_score"]
    return sharpened.assign(
        carried=sharpened["sharp"].mask(rounded, sharpened["published_score"]),
        carried_from_values=from_values.mask(rounded, half_up(from_values)),
        exact=sharpened["exact"] | rounded,
        reason=reason(sharpened, metric),
    )


def _choose(rows: pd.DataFrame, *, recompute: bool) -> pd.DataFrame:
    """Return the rows with the one score that is carried into averages, and where it is from."""
    from_values, in_print = rows["carried_from_values"], rows["carried"]
    use_values = from_values.notna() & (in_print.isna() | recompute)
    neither = from_values.isna() & in_print.isna()
    lacks = "not scored: no " + rows["lacking"] + " trusts are loaded, and it is ranked among them"
    return rows.assign(
        score=in_print.mask(use_values, from_values),
        basis=use_values.map({True: "recomputed", False: "published"}),
        exact=rows["exact"].mask(use_values, True),
        reason=rows["reason"].mask(neither, lacks),
    )
