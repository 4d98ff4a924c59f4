"""What differs between two editions: figures, segments, words and rules."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from oversight_lib.frames import OVERALL
from oversight_lib.periods import FrameworkYear
from oversight_lib.press.editions import figures
from oversight_lib.press.editions.built import Built
from oversight_lib.rules import compare as rule_by_rule
from oversight_lib.rules import load_framework

_RESULTS = ["average", "unadjusted", "adjusted", "final", "rank"]
_PROSE = re.compile(r"^[\w-]+$")
_SENTENCE = re.compile(r"(?:\S+\s+){4,}\S+[.?!]$")
_NAMES = re.compile(r"Q[1-4][ \u00a0]20\d\d/\d\d|\b[0-9a-f]{40,64}(?:-dirty)?\b")


@dataclass(frozen=True, slots=True)
class Words:
    """What a page says in one edition and not in the other."""

    page: str
    gone: tuple[str, ...]
    new: tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    """What differs between two editions, the older first.

    `figures` as `figures.COLUMNS`; between two quarters their counts by table say more. `trusts`:
    one row a trust of both, with `_before` and `_after` of its results. `metrics`: one row a
    metric, how many trusts' scores came nearer 1 (`better`), went further from it (`worse`) or
    stayed, and how many have it in one of the two only.
    """

    before: Built
    after: Built
    figures: pd.DataFrame
    compared: int
    trusts: pd.DataFrame
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]
    metrics: pd.DataFrame
    words: tuple[Words, ...]
    pages_gone: tuple[str, ...]
    pages_new: tuple[str, ...]
    rules: tuple[rule_by_rule.Difference, ...]

    @property
    def across(self) -> bool:
        """True if the two are of different quarters."""
        return self.before.quarter != self.after.quarter

    @property
    def moved(self) -> pd.DataFrame:
        """The rows of `trusts` whose segment after the override is another one."""
        pair = self.trusts[["adjusted_before", "adjusted_after"]]
        known = pair.notna().all(axis="columns")
        return self.trusts[known & pair["adjusted_before"].ne(pair["adjusted_after"]).fillna(False)]


def difference(before: Built, after: Built) -> Difference:
    """Return what differs between two editions, of the same quarter or of two."""
    across = before.quarter != after.quarter
    sides = _overall(before.tables), _overall(after.tables)
    return Difference(
        before=before,
        after=after,
        figures=figures.changed(before.tables, after.tables, across=across),
        compared=figures.compared(before.tables, after.tables),
        trusts=_both(*sides),
        only_before=tuple(sorted(sides[0].index.difference(sides[1].index))),
        only_after=tuple(sorted(sides[1].index.difference(sides[0].index))),
        metrics=_metrics(before.tables["scores"], after.tables["scores"]),
        words=_words(before, after),
        pages_gone=tuple(sorted(set(before.addresses) - set(after.addresses))),
        pages_new=tuple(sorted(set(after.addresses) - set(before.addresses))),
        rules=_rules(before.rules, after.rules),
    )


def _overall(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return each trust's name and overall results, indexed by trust."""
    segments = tables["segments"]
    rows = segments[segments["scope"].eq(OVERALL)].set_index("org")[_RESULTS]
    return rows.assign(name=tables["organisations"].set_index("org")["name"])


def _both(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Return the trusts of both by name, the results of each beside one another."""
    sides = (
        before[_RESULTS]
        .add_suffix("_before")
        .join(after[_RESULTS].add_suffix("_after").assign(name=after["name"]), how="inner")
    )
    return sides.reset_index().sort_values(["name", "org"], ignore_index=True)


def _metrics(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Return per metric how many trusts' scores became better, worse, stayed, came and went."""
    pair = before[["org", "metric", "score"]].merge(
        after[["org", "metric", "score"]], on=["org", "metric"], how="outer",
        suffixes=("_before", "_after"),
    )  # fmt: skip
    change = pair["score_after"] - pair["score_before"]
    kinds = {
        "better": change.lt(-1e-9),
        "worse": change.gt(1e-9),
        "same": change.abs().le(1e-9),
        "gone": pair["score_after"].isna() & pair["score_before"].notna(),
        "new": pair["score_before"].isna() & pair["score_after"].notna(),
    }
    counts = pair[["metric"]].assign(**kinds).groupby("metric").sum().reset_index()
    return counts.sort_values("metric", ignore_index=True)


def _words(before: Built, after: Built) -> tuple[Words, ...]:
    """Return the pages that say something else; across quarters only those of no organisation.

    The names of quarters and commits are no difference.
    """
    pages = sorted(set(before.addresses) & set(after.addresses))
    if before.quarter != after.quarter:
        pages = [page for page in pages if _PROSE.match(page) and page != "england"]
    told = (_page(page, before, after) for page in pages)
    return tuple(one for one in told if one.gone or one.new)


def _page(page: str, before: Built, after: Built) -> Words:
    old, new = (_sentences(edition, page) for edition in (before, after))
    return Words(
        page,
        tuple(words for same, words in old.items() if same not in new),
        tuple(words for same, words in new.items() if same not in old),
    )


def _sentences(edition: Built, page: str) -> dict[str, str]:
    """Return a page's paragraphs by what they say whatever the quarter and the commit are called.

    Figures of tables are among the figures, so what has no sentence is left out.
    """
    told = [words for words in edition.words(page) if _SENTENCE.search(words)]
    return {_NAMES.sub("", words): words for words in told}


def _rules(before: str, after: str) -> tuple[rule_by_rule.Difference, ...]:
    if before == after:
        return ()
    old, new = (load_framework(FrameworkYear.parse(year)) for year in (before, after))
    return rule_by_rule.compare(old, new)
