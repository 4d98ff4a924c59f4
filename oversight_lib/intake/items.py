"""What each published identifier stands for, and what its figure can be: read from the rules."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf

from oversight_lib.rules.model import Framework, Metric


@dataclass(frozen=True, slots=True)
class Item:
    """One published identifier: what its figure is, and its bounds and its units, if it has any."""

    id: str
    what: str
    low: float = -inf
    high: float = inf
    whole: bool = False
    units: tuple[str, ...] = ()

    @property
    def expected(self) -> str:
        """What the figure can be, in words."""
        if self.whole:
            *first, last = [str(number) for number in range(int(self.low), int(self.high) + 1)]
            return f"{self.what}, {', '.join(first)} or {last}, for {self.id}"
        low, high = f"{self.low:g}", f"{self.high:g}"
        between = f"of {low} or more" if self.high == inf else f"from {low} to {high}"
        return f"{self.what} {between} for {self.id}"


def items(framework: Framework) -> dict[str, Item]:
    """Return every identifier a file of this framework year can hold."""
    return {item.id: item for item in [*_of_metrics(framework), *_of_results(framework)]}


def result_items(framework: Framework) -> set[str]:
    """Return the identifiers of results: overall, and of the domains."""
    return {item.id for item in _of_results(framework)}


def _of_metrics(framework: Framework) -> Iterator[Item]:
    scale = framework.scale
    for metric in framework.metric:
        yield _value(metric)
        yield Item(metric.score_id, "a score", scale.best, scale.lowest)


def _value(metric: Metric) -> Item:
    low, high = metric.range or (-inf, inf)
    what = "a percentage" if metric.unit == "percent" else "a value"
    units = metric.published_units or (metric.unit,)
    return Item(metric.id, what, low, high, units=units)


def _of_results(framework: Framework) -> Iterator[Item]:
    scale, published = framework.scale, framework.published
    last = framework.segments
    for domain in framework.domain:
        yield Item(domain.score_id, "a score", scale.best, scale.lowest)
        yield Item(domain.segment_id, "a segment", 1, last, whole=True)
    yield Item(published.average, "an average score", scale.best, scale.lowest)
    for id_ in (published.unadjusted, published.adjusted):
        yield Item(id_, "a segment", 1, last, whole=True)
    yield Item(published.final, "a segment", 1, framework.final.segment or last, whole=True)
    for id_ in (published.override, published.in_recovery):
        yield Item(id_, "a flag", 0, 1, whole=True)
