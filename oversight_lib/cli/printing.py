"""What the verbs print: tables for people, JSON for machines."""

import json
import sys
from typing import Any

import pandas as pd
from rich.console import Console
from rich.table import Table

_WIDE = 110
"""Columns in a log file, where no terminal says how wide it is."""

err = Console(stderr=True, highlight=False)
out = Console(highlight=False)
if not out.is_terminal:
    out = Console(highlight=False, width=_WIDE)


def say(words: str) -> None:
    """Print words as they are: no markup, no folding."""
    out.print(words, markup=False, soft_wrap=True)


def print_checks(checks: pd.DataFrame) -> None:
    """Print the back-test, a line a check."""
    table = Table(title="Our figures against the published ones", title_justify="left", box=None)
    for heading in ("check", "of"):
        table.add_column(heading, no_wrap=True)
    for heading in ("compared", "equal", "within", "tolerance"):
        table.add_column(heading, justify="right")
    table.add_column("")
    for row in records(checks):
        numbers = [f"{row[name]:,}" for name in ("compared", "equal", "within")]
        verdict = "passes" if row["passes"] else "[bold]fails[/]"
        table.add_row(row["check"], row["subject"], *numbers, f"{row['tolerance']:g}", verdict)
    out.print(table)


def summary(checks: pd.DataFrame, differences: pd.DataFrame) -> str:
    """Return how many figures are equal, why the others differ, and what limits the checks."""
    notes = checks["note"].dropna().unique()
    causes = differences["cause"].fillna("cause not known").value_counts()
    lines = [f"{checks['equal'].sum():,} of {checks['compared'].sum():,} figures are equal."]
    lines += [f"  {count:,} differ: {cause}" for cause, count in causes.items()]
    return "\n".join([*lines, *(f"Note: {note}." for note in notes)])


def show(table: pd.DataFrame, *, as_json: bool) -> None:
    """Print a table, or its rows as JSON."""
    if as_json:
        print_json(records(table))
        return
    shown = Table(*map(str, table.columns), box=None)
    for row in records(table):
        shown.add_row(*("" if value is None else str(value) for value in row.values()))
    out.print(shown)


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows as plain values; missing is None."""
    return list(json.loads(table.to_json(orient="records")))


def print_json(value: object) -> None:
    """Print a value as JSON."""
    sys.stdout.write(json.dumps(value, indent=1, ensure_ascii=False) + "\n")
