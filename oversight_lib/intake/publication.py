"""One quarter's publication, put together from the published tables of all trust types."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from oversight_lib import frames
from oversight_lib.intake import catalogue
from oversight_lib.intake.corrections import corrected, read_corrections
from oversight_lib.intake.layouts import Kind
from oversight_lib.intake.organisations import open_in, organisations
from oversight_lib.method.publication import Publication
from oversight_lib.periods import Quarter
from oversight_lib.rules.model import Framework


def load_publication(data: Path, quarter: Quarter, framework: Framework) -> Publication:
    """Return what was published for a quarter, declared corrections applied.

    Which identifier is a value, a score or a result is read from the framework. Raises
    `UnknownNameError` if there are no figures for the quarter.
    """
    held = catalogue.of_quarter(data, quarter)
    tables = {
        kind: [catalogue.read_table(data, found) for found in held if found.kind is kind]
        for kind in Kind
    }
    published = pd.concat(tables[Kind.FIGURES], ignore_index=True)
    figures = corrected(published, quarter, read_corrections(data)).assign(quarter=str(quarter))
    trusts = organisations(data)
    league = pd.concat([frames.LEAGUE.empty(), *tables[Kind.LEAGUE]], ignore_index=True)
    appearing = trusts["org"].isin([*figures["org"], *league["org"]])
    return Publication(
        quarter=quarter,
        observations=observations(figures, framework),
        published_scores=published_scores(figures, framework),
        published_results=published_results(figures, framework),
        organisations=frames.ORGANISATIONS.arrange(trusts[appearing]),
        league=frames.LEAGUE.arrange(league),
        reference_counts=reference_counts(trusts, quarter),
    )


def observations(figures: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    """Return `frames.OBSERVATIONS`: the figures that are values of metrics."""
    metrics = [metric.id for metric in framework.metric]
    values = figures[figures["item"].isin(metrics)]
    return frames.OBSERVATIONS.arrange(values.rename(columns={"item": "metric"}))


def published_scores(figures: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    """Return `frames.PUBLISHED_SCORES`: the figures that are scores, by the metric they are of."""
    metric_of = {metric.score_id: metric.id for metric in framework.metric}
    scores = figures[figures["item"].isin(metric_of)]
    keyed = scores.assign(metric=scores["item"].map(metric_of))
    return frames.PUBLISHED_SCORES.arrange(keyed.rename(columns={"value": "published_score"}))


def published_results(figures: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    """Return `frames.PUBLISHED_RESULTS`: overall, and for each domain that was published.

    A domain's `average` is its score and its `unadjusted` its segment. The overall `rank` is that
    of the adjusted segment's row, `rank_by_average` that of the average's.
    """
    items = framework.published
    overall = {
        "average": (items.average, "value"),
        "unadjusted": (items.unadjusted, "value"),
        "override": (items.override, "value"),
        "adjusted": (items.adjusted, "value"),
        "final": (items.final, "value"),
        "in_recovery": (items.in_recovery, "value"),
        "rank": (items.adjusted, "rank"),
        "rank_by_average": (items.average, "rank"),
    }
    scopes = [_scope(figures, frames.OVERALL, overall)]
    for domain in framework.domain:
        cells = {
            "average": (domain.score_id, "value"),
            "unadjusted": (domain.segment_id, "value"),
            "rank_by_average": (domain.score_id, "rank"),
        }
        scopes.append(_scope(figures, domain.id, cells))
    return frames.PUBLISHED_RESULTS.arrange(pd.concat(scopes, ignore_index=True))


def _scope(figures: pd.DataFrame, scope: str, cells: Mapping[str, tuple[str, str]]) -> pd.DataFrame:
    """Return one scope's results: for each column its cell, by identifier and figures' column."""
    by_item = figures.set_index(["quarter", "org"])
    found = {
        name: by_item.loc[by_item["item"] == item, column] for name, (item, column) in cells.items()
    }
    wide = pd.DataFrame(found).reset_index().assign(scope=scope)
    # Typed before they are stacked: a column that a scope lacks must not decide the others' type.
    return frames.PUBLISHED_RESULTS.arrange(wide.reindex(columns=frames.PUBLISHED_RESULTS.names))


def reference_counts(trusts: pd.DataFrame, quarter: Quarter) -> dict[str, int]:
    """Return how many trusts of each type were open in a quarter, published or not."""
    counts = open_in(trusts, quarter).groupby("trust_type").size()
    return {str(kind): int(count) for kind, count in counts.items()}
