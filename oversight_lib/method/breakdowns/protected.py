"""Breakdowns under a disclosure policy: what of them may be shown, and what may not be seen."""

import math
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from oversight_lib.frames import BREAKDOWN_FIGURES
from oversight_lib.method.disclosure import Layout, counts, numbers, publish, symbols
from oversight_lib.method.disclosure.policies import policy
from oversight_lib.method.disclosure.secret import Secret, secret

_TABLE = ["indicator", "period", "area", "dimension", "grouping"]
ENGLAND = "ENG"


def shown(figures: pd.DataFrame, *, policy_id: str, per: float) -> pd.DataFrame:
    """Return `frames.BREAKDOWN_FIGURES` as they may be shown.

    Counts go through the disclosure gate, one table of groups at a time with its total; values are
    made again from what it shows, and published limits, which give counts away, are left out. A
    hidden figure has its symbol. Already protected ones stay as they are.
    """
    if policy(policy_id).open:
        return BREAKDOWN_FIGURES.check(figures)
    tables = [_gated(rows, policy_id, per) for _, rows in figures.groupby(_TABLE)]
    return BREAKDOWN_FIGURES.arrange(pd.concat(tables)) if tables else figures


def secrets(
    figures: pd.DataFrame, *, policy_id: str, per: float, names: Mapping[str, Iterable[str]]
) -> list[Secret]:
    """Return what may not be seen of figures: every count that `shown` hides or rounds.

    A hidden count's share of people is hidden with it. `names` has the ways to say each indicator
    and area.
    """
    if policy(policy_id).open:
        return []
    visible = shown(figures, policy_id=policy_id, per=per)
    both = figures.merge(visible, on=[*_TABLE, "label"], suffixes=("", "_shown"))
    found = [_secret(row, per, names) for row in both.to_dict("records")]
    return [one for one in found if one.numbers]


def _secret(row: Mapping[Any, Any], per: float, names: Mapping[str, Iterable[str]]) -> Secret:
    changed = [
        row[name] for name in ("count", "population")
        if row[name] != row[f"{name}_shown"] and row[name] > 0
    ]  # fmt: skip
    group = "" if pd.isna(row["group"]) else str(row["group"])
    hidden = pd.isna(row["count_shown"]) and row["count"] > 0 and row["population"] > 0
    labels = [
        [row["indicator"], *names.get(row["indicator"], ())],
        [row["area"], *names.get(row["area"], ())],
        [row["label"], group],
    ]
    return secret(labels, changed, per * row["count"] / row["population"] if hidden else math.nan)


def _gated(rows: pd.DataFrame, policy_id: str, per: float) -> pd.DataFrame:
    area = str(rows["area"].iloc[0])
    rule = policy(policy_id, "national" if area == ENGLAND else "below national")
    if rule.open:
        return rows
    known = rows["symbol"].where(rows["count"].isna())
    guarded = pd.DataFrame(
        {
            "label": rows["label"].to_numpy(),
            "count": counts(rows["count"], rule, known.fillna("").tolist()),
            "population": counts(rows["population"], rule),
        }
    )
    layout = Layout(by=("label",), count="count", total="population")
    table = publish(guarded, layout).table.set_index("label").reindex(rows["label"])
    count, people = numbers(table["count"]), numbers(table["population"])
    mark = symbols(table["count"]).where(
        symbols(table["count"]) != "", symbols(table["population"])
    )
    value = (per * count / people.where(people > 0)).where(mark == "")
    return rows.assign(
        count=count.to_numpy(), population=people.to_numpy(), value=value.to_numpy(),
        low=float("nan"), high=float("nan"), symbol=mark.where(mark != "").to_numpy(),
    )  # fmt: skip
