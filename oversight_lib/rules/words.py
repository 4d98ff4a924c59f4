"""A framework year's rules in words, one subject after another.

Words are made from the rules where there are rules; a statement adds what no number says, and
carries the evidence of both.
"""

from collections.abc import Callable
from dataclasses import dataclass

from oversight_lib.rules.base import Evidence, Unknown
from oversight_lib.rules.model import Framework
from oversight_lib.rules.segmenting import Adjustment, QuantileCuts

NOT_KNOWN = "not known"

_KINDS = {"trust": "providers", "icb": "integrated care boards"}
_SCORED = {
    "rank": "spread evenly by rank",
    "standard": "1 for meeting a standard, the rest by rank from 2",
    "floor": "4 for missing a floor, the rest by rank to 3",
    "bands": "bands of the value",
    "category": "named categories",
    "matrix": "one score read from two others",
}


@dataclass(frozen=True, slots=True)
class Said:
    """One subject of the rules: what a framework year says of it, and on what evidence."""

    number: int
    id: str
    subject: str
    says: str
    evidence: Evidence


def in_words(framework: Framework) -> tuple[Said, ...]:
    """Return what a framework year says of each subject, in the order of `SUBJECTS`."""
    statements = {statement.id: statement for statement in framework.statement}
    said = []
    for number, (id_, (subject, derive)) in enumerate(SUBJECTS.items(), start=1):
        statement = statements.get(id_)
        parts = [derive(framework), statement.says if statement else ""]
        words = "; ".join(part for part in parts if part) or NOT_KNOWN
        said.append(Said(number, id_, subject, words, statement.evidence if statement else
                         "unknown"))  # fmt: skip
    return tuple(said)


def _kinds(framework: Framework) -> str:
    return _listed([_KINDS.get(kind, kind) for kind in framework.kinds])


def _scale(framework: Framework) -> str:
    return f"{framework.scale.best:g} to {framework.scale.lowest:g}"


def _scoring(framework: Framework) -> str:
    used = {metric.scoring.kind for metric in framework.metric}
    return "; ".join(words for kind, words in _SCORED.items() if kind in used)


def _weights(framework: Framework) -> str:
    if not framework.metric:
        return ""
    parts = [metric for metric in framework.metric if 0 < metric.weight < 1]
    none = [metric for metric in framework.metric if metric.weight == 0]
    together = sum(metric.weight for metric in parts)
    shares = f"but {len(parts)} metrics count together as {together:g}" if parts else ""
    unweighed = f"{len(none)} are published and not averaged" if none else ""
    return ", ".join(
        part for part in (f"equal, {shares}" if shares else "equal", unweighed) if part
    )


def _aggregate(framework: Framework) -> str:
    return framework.average.name


def _cuts(framework: Framework) -> str:
    cuts = framework.cuts
    pool = next(pool.name for pool in framework.pool if pool.id == cuts.pool)
    if isinstance(cuts, QuantileCuts):
        shares = _listed([f"{share:.0%}" for share in cuts.probabilities])
        return f"quantiles of the averages of {pool} together, at {shares}"
    numbers = ["?" if isinstance(t, Unknown) else f"{t:g}" for t in cuts.thresholds]
    if "?" in numbers:
        return "defined thresholds; the numbers are not known"
    return f"defined thresholds for {pool}: {_listed(numbers)}"


def _shares(framework: Framework) -> str:
    if isinstance(framework.cuts, QuantileCuts):
        return "about a quarter each before adjustments, always"
    return "not forced: any number can be in a segment"


def _relative(framework: Framework) -> str:
    if isinstance(framework.cuts, QuantileCuts):
        return "no: a segment is a place among the others"
    return "a segment can be; scores by rank stay relative unless that rule has changed"


def _cap(framework: Framework) -> str:
    return _adjustment(framework.adjustment[0]) if framework.adjustment else "none"


def _others(framework: Framework) -> str:
    return "; ".join(map(_adjustment, framework.adjustment[1:])) or "none"


def _adjustment(adjustment: Adjustment) -> str:
    if isinstance(adjustment.when, Unknown) or isinstance(adjustment.not_better_than, Unknown):
        return f"{adjustment.name.lower()}: when it applies and what it does are not known"
    return (
        f"{adjustment.name.lower()}: if {adjustment.when}, not better than "
        f"{adjustment.not_better_than}"
    )


def _final(framework: Framework) -> str:
    final = framework.final
    if isinstance(final.when, Unknown):
        return "how the improvement programme shows is not known"
    if final.segment is None:
        return f"a flag apart if {final.when}"
    return f"segment {final.segment} if {final.when}"


def _worst(framework: Framework) -> str:
    return framework.segment[-1].meaning


def _metrics(framework: Framework) -> str:
    return f"{len(framework.metric)} listed" if framework.metric else ""


def _published(framework: Framework) -> str:
    return next(source.published for source in framework.source if source.id == "manual")


def _nothing(_: Framework) -> str:
    return ""


def _listed(words: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


SUBJECTS: dict[str, tuple[str, Callable[[Framework], str]]] = {
    "kinds": ("Organisations segmented", _kinds),
    "anchor": ("What the metrics are anchored in", _nothing),
    "scale": ("Scale of metric scores", _scale),
    "scoring": ("How a metric is scored", _scoring),
    "weights": ("Weights", _weights),
    "aggregate": ("Name of the mean", _aggregate),
    "cuts": ("From the mean to a segment", _cuts),
    "shares": ("Share of organisations in a segment", _shares),
    "relative": ("Whether everybody can improve", _relative),
    "steps": ("Order of the steps", _nothing),
    "cap": ("First adjustment", _cap),
    "other-adjustments": ("Other adjustments", _others),
    "final": ("Last step, and segment 5", _final),
    "worst-segment": ("What the highest-numbered segment means", _worst),
    "metrics": ("Metrics", _metrics),
    "icb-output": ("What is said of ICBs", _nothing),
    "high-performers": ("High performers", _nothing),
    "geography": ("Geography", _nothing),
    "publication": ("First published", _published),
}
"""Each subject of the rules: its heading, and how its words are made from them."""
