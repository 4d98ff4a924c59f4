"""Tables of one trust, and of the metrics of many."""

import pandas as pd

from oversight_lib.report import formats, profiles
from oversight_lib.report.fragments import Fragment, notice
from oversight_lib.report.links import link
from oversight_lib.report.metrics import metrics as metric_rows
from oversight_lib.report.metrics import periods as metric_periods
from oversight_lib.report.metrics import standards as standards_met
from oversight_lib.report.ranges import with_ranges
from oversight_lib.report.tables.table import Column, Table, column
from oversight_lib.report.views import View


def facts(page: View) -> Table:
    """Return where a trust stands: average, rank, override, segments."""
    mine = with_ranges(page).iloc[0]
    ends = [mine[f"{what}_{end}"] for what in ("average", "rank") for end in ("low", "high")]
    told = {
        "Average score (1 is best, 4 is lowest)": formats.average(mine["average"]),
        "Range of the average across its metrics": formats.between(*ends[:2]),
        f"Rank among {_kind(page)} trusts": formats.rank(mine["rank"], mine["trusts_ranked"]),
        "Range of the rank across its metrics": formats.ranks_between(*ends[2:]),
        "Rank by average alone": formats.rank(mine["rank_by_average"], mine["trusts_ranked"]),
        "Segment by score alone": formats.whole(mine["unadjusted"]),
        page.framework.adjustment[0].name: formats.yes_no(mine["override"]),
        "Segment after the override": formats.whole(mine["adjusted"]),
        "Final segment": formats.whole(mine["final"], "not published this quarter"),
    }
    columns = [column("Fact", told.keys()), column("Figure", told.values(), number=True)]
    return Table(f"Position of {page.name}, {page.period}", columns)


def organisation(page: View) -> Table:
    """Return who a trust is: its code and kind, and the region and ICB it is counted in."""
    mine = page.trust
    told = {
        "Code": (mine["org"], ""),
        "Trust type": (page.type_names[str(mine["trust_type"])], ""),
        "Subtype": (formats.text(mine["subtype"]), ""),
        "Region": (mine["region_name"], link("region", str(mine["region"]), on="trust")),
        "ICB it is counted in": (mine["icb_name"], link("icb", str(mine["icb"]), on="trust")),
        "Sources dispute the ICB": (formats.yes_no(mine["icb_disputed"]), ""),
    }
    words, hrefs = zip(*told.values(), strict=True)
    columns = [column("About the trust", told), column("Entry", words, hrefs=hrefs)]
    return Table(f"Who {page.name} is", columns)


def domain_strips(page: View) -> Table:
    """Return a trust's domain scores and segments, with its place and the median of its type."""
    rows = profiles.domains(page)
    mine = [row.mine.iloc[0] if row.counted else None for row in rows]
    ranks = [
        str(formats.Absent.NOT_PUBLISHED) if row is None
        else formats.rank(row["rank_by_average"], row["trusts_ranked"])
        for row in mine
    ]  # fmt: skip
    figures = {
        name: [formats.Absent.NOT_PUBLISHED if row is None else how(row[name]) for row in mine]
        for name, how in (("average", formats.average), ("unadjusted", formats.whole))
    }
    return Table(
        f"Domain scores of {page.name}, {page.period}: 1 is best, 4 is lowest",
        [
            column("Domain", [row.name for row in rows]),
            column("Score", figures["average"], number=True),
            column("Segment", figures["unadjusted"], number=True),
            column(f"Rank among {_kind(page)} trusts", ranks, number=True),
            column(
                "Median of its type", [formats.average(row.median) for row in rows], number=True
            ),
        ],
        folded=True,
    )


def metrics(page: View) -> Table | Fragment:
    """Return every metric of a trust: value, period, standard, score, reason, its type's median."""
    rows = metric_rows(page)
    if rows.empty:
        return notice(f"Metrics: {formats.Absent.NOT_PUBLISHED}.")
    peers = rows["peer_score"].map(formats.average)
    values = [map(formats.value, rows[which], rows["unit"]) for which in ("value", "median")]
    return Table(
        f"Every metric of {page.name}, {page.period}, with its score (1 is best, 4 is lowest)",
        [
            _metric(rows),
            column("Value", values[0], number=True),
            column("Unit", rows["unit"].map(formats.unit)),
            column("Score", rows["score"].map(formats.average), number=True),
            column("Median score of its type", peers, number=True),
            column("Standard", rows["standard"]),
            Column("Why this score", rows["reason"].map(formats.sentence), prose=True),
            column("Period", rows["period"].map(formats.text)),
            column("Median value of its type", values[1], number=True),
            column("Weight in the average", rows["weight"].map(formats.weight), number=True),
        ],
        rows["domain_name"],
    )  # fmt: skip


def standards(page: View) -> Table | Fragment:
    """Return how many of the page's trusts meet each national standard or floor."""
    rows = standards_met(page)
    if rows.empty:
        return notice(f"National standards: {formats.Absent.NOT_LOADED}.")
    shares = map(formats.percentage, rows["meets"], rows["counted"])
    return Table(
        f"Trusts that meet each national standard or floor, {page.name}, {page.period}",
        [
            _metric(rows),
            column("Standard", rows["standard"]),
            column("Trusts that meet it", rows["meets"].map(formats.whole), number=True),
            column("Trusts with a figure", rows["counted"].map(formats.whole), number=True),
            column("Share", shares, number=True),
        ],
    )


def periods(page: View) -> Table | Fragment:
    """Return the reporting period behind each metric, as the publisher writes it, newest last."""
    rows = metric_periods(page)
    if rows.empty:
        return notice(f"Reporting periods: {formats.Absent.NOT_LOADED}.")
    return Table(
        f"Reporting periods behind {page.period}, {page.name}, oldest end first",
        [
            _metric(rows),
            column("Period, in the publisher’s words", rows["period"].map(formats.text)),
            column("Last month", [formats.text(month, "not stated") for month in rows["last"]]),
            column("Trusts", rows["trusts"].map(formats.whole), number=True),
        ],
        folded=True,
    )


def _metric(rows: pd.DataFrame) -> Column:
    """Return the short names of metrics, each with its full name for whoever points at it."""
    return column("Metric", rows["short"], titles=rows["name"].map(formats.text))


def _kind(page: View) -> str:
    return page.type_names[str(page.trust["trust_type"])].lower()
