"""Whom each organisation is ranked among, metric by metric."""

import pandas as pd

from oversight_lib.method.publication import Publication
from oversight_lib.rules.model import Framework, Metric


def of_metrics(publication: Publication, framework: Framework) -> pd.DataFrame:
    """Return one row a metric and trust type: `pool`, what it is `lacking`, and its `pool_limit`.

    `lacking` names the trust types of the pool that are not loaded, "" if none; `pool_limit` is
    how many trusts the pool can have at most.
    """
    return pd.concat([_of(metric, publication, framework) for metric in framework.metric])


def _of(metric: Metric, publication: Publication, framework: Framework) -> pd.DataFrame:
    pool = framework.pool_of(metric)
    names = {kind.id: kind.name.lower() for kind in framework.trust_type}
    counts = publication.reference_counts
    return pd.DataFrame({
        "metric": metric.id,
        "trust_type": list(names),
        "pool": [pool.name if pool.together else f"{name} trusts" for name in names.values()],
        "lacking": " or ".join(names[kind] for kind in publication.lacking(pool)),
        "pool_limit": [
            publication.size(pool) if pool.together else counts.get(kind, 0) for kind in names
        ],
    })  # fmt: skip
