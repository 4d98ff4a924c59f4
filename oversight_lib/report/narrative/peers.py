"""Where a trust's values lie among those of its type: by quarters, as description."""

from oversight_lib.frames import OBSERVATIONS
from oversight_lib.method.findings.peers import FURTHER, MIDDLE, NEARER, places
from oversight_lib.report.bound import Bound, bound, joined
from oversight_lib.report.fragments import Fragment, notice, paragraphs
from oversight_lib.report.numbers import count, found, named
from oversight_lib.report.recorded import recorded
from oversight_lib.report.sentences import say
from oversight_lib.report.views import View


@recorded
def peers(page: View) -> Fragment:
    """Return in how many metrics a trust is in which quarter of its type, and in which ones."""
    row = page.finding("among_peers", NEARER)
    if row is None:
        return notice(say("peers.none"))
    several = int(row["n"]) != 1
    about = say(
        "peers.is",
        kind=page.type_names[str(page.trust["trust_type"])].lower(),
        n=count(int(row["n"]), "value", found(page, "among_peers", NEARER, column="n")),
        have="have" if several else "has",
        them="them" if several else "it",
        **{name: _number(page, item) for name, item in _PLACES.items()},
    )
    mine = page.each("metrics by place", _names, OBSERVATIONS)[page.code]
    ends = [_ends(name, mine.get(item, [])) for name, item in _ENDS.items()]
    return paragraphs(joined([about, *ends, say("peers.caution")]))


_PLACES = {"nearer": NEARER, "middle": MIDDLE, "further": FURTHER}
_ENDS = {"better": NEARER, "other": FURTHER}


def _number(page: View, item: str) -> Bound:
    row = page.finding("among_peers", item)
    number = int(row["value"]) if row else 0
    return bound(f"{number:,}" if number else "none", found(page, "among_peers", item))


def _ends(which: str, metrics: list[str]) -> Bound:
    """Return which metrics are in an outer quarter; nothing if none is."""
    if not metrics:
        return Bound()
    return say("peers.names", which=say(f"peers.{which}"), metrics=named("; ".join(metrics)))


def _names(page: View) -> dict[str, dict[str, list[str]]]:
    """Return, by trust, its metrics by where their values lie: short names, as the rules order."""
    rows = places(page.among(OBSERVATIONS), page.framework)
    placed = {(row.org, row.metric): row.place for row in rows.itertuples()}
    shorts = {metric.id: metric.short for metric in page.framework.metric}
    names: dict[str, dict[str, list[str]]] = {}
    for org in rows["org"].unique():
        for metric, short in shorts.items():
            if place := placed.get((org, metric)):
                names.setdefault(str(org), {}).setdefault(str(place), []).append(short)
    return names
