"""What a range across metrics is, what it is not, and how many of them touch another segment."""

from oversight_lib.frames import RANGES
from oversight_lib.report import formats
from oversight_lib.report.bound import Bound, bound, capital, joined
from oversight_lib.report.fragments import Fragment, notice, paragraphs
from oversight_lib.report.numbers import cell, ends, found, out_of
from oversight_lib.report.ranges import lacking, touched
from oversight_lib.report.recorded import recorded
from oversight_lib.report.sentences import say
from oversight_lib.report.views import View


@recorded
def ranges(page: View) -> Fragment:
    """Return what the ranges across metrics are, and how many of each type cross a cut."""
    table = page.further(RANGES)
    if table.empty:
        return notice(say("ranges.absent", absent=formats.Absent.NOT_LOADED))
    mine = table.iloc[0]
    draws = cell(page, RANGES, "draws", **({} if page.here else {"org": mine["org"]}))
    return paragraphs(
        say("ranges.is", draws=bound(formats.whole(mine["draws"]), draws)),
        say("ranges.is_not"),
        joined(_crossing(page, kind, name) for kind, name in page.type_names.items()),
        _held(page),
    )


def own_range(page: View) -> Bound:
    """Return a trust's ranges in one sentence; nothing where none was made."""
    rows = page.further(RANGES)
    if rows.empty:
        return Bound()
    mine = rows.iloc[0]
    ranks = formats.ranks_between(mine["rank_low"], mine["rank_high"], "not known for its rank")
    averages = formats.between(mine["average_low"], mine["average_high"])
    at = {
        name: (cell(page, RANGES, f"{name}_low"), cell(page, RANGES, f"{name}_high"))
        for name in ("rank", "average")
    }
    return say("ranges.own", ranks=ends(ranks, at["rank"]), averages=ends(averages, at["average"]))


def _crossing(page: View, kind: str, name: str) -> Bound:
    rows = touched(page, kind)
    if rows.empty:
        return Bound()
    many = int(rows["segments"].gt(1).sum())
    at = found(page, "ranges_crossing", kind), found(page, "ranges_crossing", kind, column="n")
    return say("ranges.crossing", of=out_of(many, len(rows), f"{name.lower()} trust", at))


def _held(page: View) -> Bound:
    """Return, where a trust type lacks, that the cuts did not move with the draws."""
    names = lacking(page)
    if not names:
        return say("ranges.redrawn")
    return say(
        "ranges.held", names=capital(formats.listed(names)), absent=formats.Absent.NOT_LOADED
    )
