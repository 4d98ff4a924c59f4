"""What a range across metrics is, what it is not, and how many of them touch another segment."""

from oversight_lib.frames import RANGES
from oversight_lib.report import formats
from oversight_lib.report.fragments import Fragment, notice, paragraphs
from oversight_lib.report.ranges import lacking, touched, with_ranges
from oversight_lib.report.views import View


def ranges(page: View) -> Fragment:
    """Return what the ranges across metrics are, and how many of each type cross a cut."""
    table = page.further(RANGES)
    if table.empty:
        return notice(f"Ranges across metrics: {formats.Absent.NOT_LOADED}.")
    draws = formats.whole(table["draws"].iloc[0])
    told = [_crossing(page, kind, name) for kind, name in page.type_names.items()]
    return paragraphs(
        "The range across its metrics, which NHS England calls the likely range, says how far a "
        "trust’s average and rank would move with another, similar set of metrics. "
        f"Each trust’s own metric scores are drawn again with replacement, {draws} times; the "
        "middle 95% of what comes out is the range.",
        "It says neither how precisely anything was measured nor what the next quarter will be: "
        "it treats a handful of metrics as a sample of possible metrics. So it is wide.",
        " ".join(words for words in told if words),
        _held(page),
    )


def own_range(page: View) -> str:
    """Return a trust's ranges in one sentence; nothing where none was made."""
    mine = with_ranges(page).iloc[0]
    if formats.is_missing(mine["average_low"]):
        return ""
    ranks = formats.ranks_between(mine["rank_low"], mine["rank_high"], "not known for its rank")
    averages = formats.between(mine["average_low"], mine["average_high"])
    return f"Its range across its metrics is {ranks} for the rank and {averages} for the average."


def _crossing(page: View, kind: str, name: str) -> str:
    rows = touched(page, kind)
    if rows.empty:
        return ""
    many = int(rows["segments"].gt(1).sum())
    of = formats.out_of(many, len(rows), f"{name.lower()} trust")
    return f"The range of {of} touches more than one segment by score."


def _held(page: View) -> str:
    """Return, where a trust type lacks, that the cuts did not move with the draws."""
    names = lacking(page)
    if not names:
        return "The cut points are made again in every draw."
    return (
        f"{formats.listed(names).capitalize()} trusts are {formats.Absent.NOT_LOADED}, so the cut "
        "points are held in every draw."
    )
