"""The contextual tests of integrated care boards: met, not met, or why it cannot be said."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd

from oversight_lib.frames import CONTEXT, CONTEXT_FIGURES
from oversight_lib.periods import Month, Quarter, ReportingPeriod
from oversight_lib.rules.context import Context, ContextTest, Deficit, Measure, WorstQuarter


class Result(StrEnum):
    """What a test says of a board: its condition holds, does not hold, or cannot be told."""

    MET = "met"
    NOT_MET = "not met"
    CANNOT_BE_SAID = "cannot be said"


@dataclass(frozen=True)
class ContextTables:
    """`frames.CONTEXT`, and `frames.CONTEXT_FIGURES` behind it."""

    context: pd.DataFrame
    figures: pd.DataFrame


def contextual_tests(
    series: pd.DataFrame, boards: Sequence[str], quarter: Quarter, rules: Context | None
) -> ContextTables:
    """Return every test of every board of a quarter, with the figures behind each.

    `series` is `frames.SERIES`; `boards` are the codes of the boards there were in the quarter. A
    test is met when its condition holds. Nothing is substituted for a figure that is not there: a
    board without one cannot be judged, and where other boards lack one the result is given only if
    no figure they could have had would change it.
    """
    tests = rules.test if rules else ()
    judged = [_judged(test, series, sorted(boards), quarter, rules) for test in tests if rules]
    return ContextTables(
        CONTEXT.arrange(_stacked([results for results, _ in judged], CONTEXT.names)),
        CONTEXT_FIGURES.arrange(_stacked([found for _, found in judged], CONTEXT_FIGURES.names)),
    )


def _stacked(tables: Sequence[pd.DataFrame], names: Sequence[str]) -> pd.DataFrame:
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=[*names])


def _judged(
    test: ContextTest, series: pd.DataFrame, boards: Sequence[str], quarter: Quarter, rules: Context
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows of CONTEXT and of CONTEXT_FIGURES of one test."""
    condition = test.condition
    mine = series[series["measure"].isin(condition.measures) & series["area"].isin(boards)]
    if isinstance(condition, WorstQuarter):
        periods = looked_at(condition, mine, quarter)
        figures = _quartiles(mine, boards, periods, condition, rules.find(condition.measure))
        results = _worst_quarter(figures, boards, periods, rules.find(condition.measure))
    else:
        figures = _deficits(mine, boards, condition, quarter)
        results = _finance(figures, boards, condition, rules)
    told = {"quarter": str(quarter), "test": test.id}
    sources = mine[mine["period"].isin(figures["period"])]["source"].drop_duplicates()
    source = "; ".join(sorted(sources)) or None
    counted = int(figures["counted"].min()) if len(figures) else 0
    return (
        results.assign(**told, source=source, counted=counted, boards=len(boards)),
        figures.assign(**told),
    )


def looked_at(condition: WorstQuarter, series: pd.DataFrame, quarter: Quarter) -> list[str]:
    """Return the periods a test looks at, oldest first; none where nothing is loaded.

    The latest months end with the latest month that any board has a figure for; the months of the
    quarter are those of `quarter`, loaded or not.
    """
    recorded = series.loc[series["value"].notna(), "period"]
    if recorded.empty:
        return []
    if condition.periods == "latest":
        return [str(recorded.max())]
    if condition.periods == "quarter":
        last = ReportingPeriod.parse(quarter.label).last
    else:
        last = Month(*map(int, str(recorded.max()).split("-")))
    months = range(1 - condition.how_many, 1)
    return [str(last.plus(back)) for back in months] if last else []


def _quartiles(
    series: pd.DataFrame,
    boards: Sequence[str],
    periods: Sequence[str],
    condition: WorstQuarter,
    measure: Measure,
) -> pd.DataFrame:
    """Return every board's figure for each period beside the lower quartile of all boards."""
    wide = series.pivot(index="area", columns="period", values="value")
    known = wide.reindex(index=list(boards), columns=list(periods)).astype("float64")
    tables = [
        _period(known[period], condition.probability, measure).assign(period=period)
        for period in periods
    ]
    table = _stacked(tables, [*CONTEXT_FIGURES.names])
    return table.assign(measure=condition.measure)


def _period(values: "pd.Series[float]", probability: float, measure: Measure) -> pd.DataFrame:
    """Return one period's figures with the quartile and whether each is in the lowest quarter.

    A board is in if its figure is at or below the quartile; for a measure whose lower values are
    better, at or above the upper one. Figures that are missing could be anything within the
    measure's bounds: whoever they could move in or out is neither.
    """
    sign = 1.0 if measure.better == "higher" else -1.0
    figures = sign * values.to_numpy()
    least, greatest = (_quantile(figures, fill, probability) for fill in _ends(measure, sign))
    found = np.quantile(figures[~np.isnan(figures)], probability) if values.notna().any() else None
    inside, possible = figures <= least, figures <= greatest
    lowest = pd.Series(inside, values.index, dtype="boolean").mask(
        values.isna().to_numpy() | (inside != possible)
    )
    return pd.DataFrame(
        {
            "icb": values.index,
            "value": values.to_numpy(),
            "quartile": np.nan if found is None else sign * found,
            "counted": int(values.notna().sum()),
            "in_lowest": lowest.to_numpy(),
        }
    ).astype({"in_lowest": "boolean"})


def _quantile(figures: np.ndarray, fill: float, probability: float) -> float:
    return float(np.quantile(np.where(np.isnan(figures), fill, figures), probability))


def _ends(measure: Measure, sign: float) -> tuple[float, float]:
    low, high = measure.bounds or (-1e9, 1e9)
    return (low, high) if sign > 0 else (-high, -low)


def _worst_quarter(
    figures: pd.DataFrame, boards: Sequence[str], periods: Sequence[str], measure: Measure
) -> pd.DataFrame:
    if not periods:
        return _cannot(boards, measure.missing)
    wide = figures.pivot(index="icb", columns="period", values="in_lowest").astype("boolean")
    ever_out, always_in = (~wide).fillna(False).any(axis=1), wide.fillna(False).all(axis=1)
    result = np.select([ever_out, always_in], [Result.NOT_MET, Result.MET], Result.CANNOT_BE_SAID)
    values = figures.pivot(index="icb", columns="period", values="value")
    reasons = [
        _reason(str(said), wide.loc[board], values.loc[board])
        for board, said in zip(wide.index, result, strict=True)
    ]
    return pd.DataFrame(
        {"icb": wide.index, "result": result, "reason": reasons, "periods": "; ".join(periods)}
    )


def _reason(said: str, lowest: pd.Series, values: "pd.Series[float]") -> str:
    """Return why a board's result is what it is, in words."""
    if said == Result.CANNOT_BE_SAID:
        absent = [str(period) for period in values.index[values.isna()]]
        if absent:
            return f"no figure for {', '.join(absent)}"
        return "other boards' figures are missing, and they could change the quartile"
    if len(values) == 1:
        where = "in" if said == Result.MET else "not in"
        return f"{where} the lowest quarter of boards"
    times, judged = int(lowest.fillna(False).sum()), int(lowest.notna().sum())
    missing = ", ".join(str(period) for period in values.index[values.isna()])
    without = f"; no figure for {missing}" if missing else ""
    return f"in the lowest quarter of boards in {times} of {judged} periods{without}"


def _deficits(
    series: pd.DataFrame, boards: Sequence[str], condition: Deficit, quarter: Quarter
) -> pd.DataFrame:
    year = str(quarter.year)
    rows = series[series["period"] == year].set_index(["measure", "area"])["value"]
    tables = [
        pd.DataFrame({"icb": list(boards), "value": _values(rows, measure, boards)}).assign(
            measure=measure, period=year, quartile=np.nan, in_lowest=None
        )
        for measure in condition.measures
    ]
    both = pd.concat(tables, ignore_index=True)
    return both.assign(counted=both.groupby("measure")["value"].transform("count"))


def _values(rows: "pd.Series[float]", measure: str, boards: Sequence[str]) -> list[float]:
    return [float(rows.get((measure, board), np.nan)) for board in boards]


def _finance(
    figures: pd.DataFrame, boards: Sequence[str], condition: Deficit, rules: Context
) -> pd.DataFrame:
    """Return the test on deficits: more than the bound; or between 0 and it, off plan."""
    wide = figures.pivot(index="icb", columns="measure", values="value").reindex(list(boards))
    if wide[condition.deficit].isna().all():
        missing = rules.find(condition.deficit).missing
        return _cannot(boards, missing)
    deficit, variance = wide[condition.deficit], wide[condition.variance]
    between = (deficit > 0) & (deficit < condition.above)
    met = (deficit > condition.above) | (between & (variance > condition.variance_above))
    unknown = deficit.isna() | (between & variance.isna())
    result = np.select([unknown, met], [Result.CANNOT_BE_SAID, Result.MET], Result.NOT_MET)
    reasons = list(_finance_reasons(wide, condition))
    year = str(figures["period"].iloc[0])
    return pd.DataFrame({"icb": wide.index, "result": result, "reason": reasons, "periods": year})


def _finance_reasons(wide: pd.DataFrame, condition: Deficit) -> Iterator[str]:
    rows = zip(wide[condition.deficit], wide[condition.variance], strict=True)
    for deficit, variance in rows:
        told = "" if np.isnan(variance) else f", adverse variance {variance:g} percentage points"
        if np.isnan(deficit):
            yield "no projected deficit"
        elif deficit == condition.above:
            yield f"deficit exactly {deficit:g}%: in neither branch of the rule as written{told}"
        elif 0 < deficit < condition.above and np.isnan(variance):
            yield f"deficit {deficit:g}%, and no variance from plan"
        else:
            yield f"projected deficit {deficit:g}%{told}"


def _cannot(boards: Sequence[str], reason: str) -> pd.DataFrame:
    return pd.DataFrame({"icb": list(boards)}).assign(
        result=Result.CANNOT_BE_SAID.value, reason=reason, periods=None
    )
