"""What a rule set does not know, and the refusal to segment without it."""

from collections.abc import Iterable, Sequence

from oversight_lib.errors import Problem, RulesError
from oversight_lib.rules.base import Unknown
from oversight_lib.rules.model import Framework
from oversight_lib.rules.segmenting import Adjustment, ThresholdCuts


def require_segments(framework: Framework, trust_types: Iterable[str]) -> None:
    """Refuse to segment organisations of these types while a number it takes is not known.

    Raises `RulesError` with one line a number: what it is, and the page that publishes it.
    """
    known = {kind.id for kind in framework.trust_type}
    kinds = sorted({framework.kind_of(found) for found in trust_types if found in known})
    problems = [*_unlisted(framework, kinds), *_cuts(framework), *_adjustments(framework, kinds)]
    if problems:
        raise RulesError(
            f"{framework.title} cannot be segmented: {len(problems)} "
            f"{'number is' if len(problems) == 1 else 'numbers are'} not known",
            problems,
            f"fill them in in oversight_lib/rules/{framework.year}/, or in a file of your own "
            "with the same headings, given as --rules FILE.toml",
        )


def unknowns(framework: Framework) -> list[Problem]:
    """Return everything the rule set does not know, needed for segments or not."""
    final = _asked("final: when", framework.final.when)
    league = _asked("league: order", framework.league.order)
    facts = [Problem(fact.what, f"not known; published in {fact.where}")
             for fact in framework.unknown]  # fmt: skip
    needed = [*_unlisted(framework, framework.kinds), *_cuts(framework)]
    return [*needed, *_adjustments(framework, framework.kinds), *final, *league, *facts]


def _unlisted(framework: Framework, kinds: Sequence[str]) -> list[Problem]:
    """Return the metric lists that are not known, of these kinds of organisation."""
    lists = {found.kind: found.listed for found in framework.metric_list}
    return [
        problem
        for kind in kinds
        for problem in _asked(f"metric_list {kind}: the scored metrics", lists.get(kind, True))
    ]


def _cuts(framework: Framework) -> list[Problem]:
    cuts = framework.cuts
    if not isinstance(cuts, ThresholdCuts):
        return []
    thresholds = [
        problem
        for number, threshold in enumerate(cuts.thresholds, start=1)
        for problem in _asked(f"cuts: threshold {number} of {len(cuts.thresholds)}", threshold)
    ]
    return [
        *thresholds,
        *_asked("cuts: compares", cuts.compares),
        *_asked("cuts: boundary", cuts.boundary),
    ]


def _adjustments(framework: Framework, kinds: Sequence[str]) -> list[Problem]:
    return [
        problem
        for adjustment in framework.adjustment
        if isinstance(adjustment.kinds, Unknown) or set(adjustment.kinds) & set(kinds)
        for problem in _of_adjustment(adjustment)
    ]


def _of_adjustment(adjustment: Adjustment) -> list[Problem]:
    asked = {
        "when": adjustment.when,
        "not_better_than": adjustment.not_better_than,
        "kinds": adjustment.kinds,
        "flag": adjustment.flag,
    }
    return [
        problem
        for name, value in asked.items()
        for problem in _asked(f"adjustment {adjustment.id}: {name}", value)
    ]


def _asked(what: str, value: object) -> list[Problem]:
    """Return the problem that a value is not known, or none."""
    return [Problem(what, str(value))] if isinstance(value, Unknown) else []
