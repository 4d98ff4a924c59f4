"""Published files made for tests: stored tables written back in the publisher's layouts."""

import csv
from pathlib import Path

import pandas as pd

from oversight_lib.intake import DATA
from oversight_lib.intake.catalogue import Holding, read_source, read_table
from oversight_lib.intake.layouts import FIGURES, Kind
from oversight_lib.intake.organisations import organisations
from oversight_lib.periods import FrameworkYear, Quarter
from oversight_lib.rules import load_framework

HERE = Path(__file__).parent
BAD = sorted((HERE / "bad").iterdir())
FIGURES_FILE = HERE / "good" / "figures.csv"
LEAGUE_FILE = HERE / "good" / "league.csv"
FIRST_LEAGUE_FILE = HERE / "good" / "league-first-release.csv"
FRAMEWORK = load_framework(FrameworkYear(2025))
Q1, Q2, Q3, Q4 = (Quarter(FrameworkYear(2025), number) for number in (1, 2, 3, 4))
MENTAL_HEALTH = "mental-health-community"


def cells(path):
    """The rows of a published file as dictionaries."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write(path, rows):
    """Write rows as the publisher does: byte order mark, CRLF."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def changed(rows, row, **values):
    """The rows with some cells of one (row 2 is the first below the header) changed."""
    new = [dict(cells) for cells in rows]
    new[row - 2] |= values
    return new


def without(rows, column):
    return [{name: cell for name, cell in row.items() if name != column} for row in rows]


def as_published(quarter, trust_type, label):
    """The bundled figures of a quarter and trust type in the publisher's layout, as `label`."""
    holding = Holding(quarter, trust_type, Kind.FIGURES)
    names = read_source(DATA, holding).names
    sub_domains = read_source(DATA, holding).sub_domains
    kind = next(kind for kind in FRAMEWORK.trust_type if kind.id == trust_type)
    known = organisations().set_index("org")
    table = read_table(DATA, holding)
    full = pd.DataFrame(
        {
            "Quarter": label,
            "Region": table["org"].map(known["region_name"]),
            "Trust_type": kind.names[0],
            "Trust_subtype": table["org"].map(known["subtype"]),
            "Trust_code": table["org"],
            "Trust_name": table["org"].map(known["name"]),
            "Domain": "",
            "Sub-domain": table["item"].map(sub_domains),
            "Metric_ID": table["item"],
            "Metric_description": table["item"].map(names),
            "Reporting_date": table["period"],
            "Units": table["unit"].replace("percent", "%"),
            "Value": table["value"],
            "Median_value": table["median"],
            "Lower_quartile": table["lower_quartile"],
            "Upper_quartile": table["upper_quartile"],
            "Rank": table["rank"].astype("float64"),
        }
    )
    assert list(full) == ["Quarter", *FIGURES.columns]
    return full.astype("str").fillna("").to_dict("records")


def snapshot(folder):
    """Every file of a folder with its bytes."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
