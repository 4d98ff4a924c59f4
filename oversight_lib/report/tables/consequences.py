"""What follows from a trust's segment, who does what, and what the next year changes."""

from collections.abc import Sequence

import pandas as pd

from oversight_lib.frames import CAPABILITY
from oversight_lib.report import formats
from oversight_lib.report.fragments import Fragment, notice
from oversight_lib.report.sentences import say
from oversight_lib.report.tables import cited
from oversight_lib.report.tables.table import Table, column
from oversight_lib.report.views import View
from oversight_lib.rules.cited import Statement
from oversight_lib.rules.consequences import Consequences, load_consequences


def consequences(page: View) -> Table | Fragment:
    """Return what follows from the trust's segment, and what holds for every trust.

    The segment is the final one, or the one after the override where the final one is not
    published.
    """
    told, segment = _told(page), _segment(page)
    if told is None or segment is None:
        return notice(_nothing(page, "what follows from a segment"))
    names = [*(aspect.name for aspect in told.aspect), *(c.name for c in told.context)]
    statements = [*told.of(segment), *told.context]
    groups = [f"Segment {segment}"] * len(told.aspect) + ["Every trust"] * len(told.context)
    return _table(
        told,
        f"What follows from segment {segment}, {page.framework.title}",
        ("In", names, "What is known"),
        statements,
        groups,
    )


def roles(page: View) -> Table | Fragment:
    """Return who does what under the framework."""
    told = _told(page)
    if told is None:
        return notice(_nothing(page, "who does what"))
    names = {actor.id: actor.name for actor in told.actor}
    return Table(
        f"Who does what under the {page.framework.title}",
        [
            cited.said(told.role, "What"),
            cited.known(told.role, [told.cited(role) for role in told.role]),
        ],
        pd.Series([names[role.actor] for role in told.role], dtype="str"),
        words=True,
    )


def next_year(page: View) -> Table | Fragment:
    """Return what the next framework year changes, as far as it could be read."""
    told = _told(page)
    if told is None or not told.change:
        return notice(_nothing(page, "what changes next year"))
    following = page.quarter.year.start + 1
    caption = f"What {following}/{(following + 1) % 100:02d} changes, as far as it could be read"
    names = [change.name for change in told.change]
    return _table(told, caption, ("About", names, "What"), told.change, [], folded=True)


def capability(page: View) -> Fragment | Table:
    """Return the trust's capability rating from a user's file; a notice that it is not loaded."""
    mine = page.records(CAPABILITY)
    if not mine:
        absent = formats.Absent.NOT_LOADED
        return notice(say("tables.capability.absent", name=page.name, absent=absent))
    rating = mine[0]
    return Table(
        f"Capability rating of {page.name}, as loaded",
        [
            column("Rating", [rating["rating"]]),
            column("Date", [rating["rated"]]),
            column("Source", [rating["source"]]),
        ],
    )


def _told(page: View) -> Consequences | None:
    return load_consequences(page.quarter.year)


def _segment(page: View) -> int | None:
    mine = page.trust
    known = [mine[which] for which in ("final", "adjusted") if not formats.is_missing(mine[which])]
    return int(known[0]) if known else None


def _nothing(page: View, what: str) -> str:
    return f"Nobody has written down {what} under the {page.framework.title}, or it is not known."


def _table(
    told: Consequences,
    caption: str,
    named: tuple[str, Sequence[str], str],
    statements: Sequence[Statement],
    groups: Sequence[str],
    *,
    folded: bool = False,
) -> Table:
    heading, names, what = named
    columns = [
        column(heading, names),
        cited.said(statements, what),
        cited.known(statements, [told.cited(statement) for statement in statements]),
    ]
    grouped = pd.Series(list(groups), dtype="str") if groups else None
    return Table(caption, columns, grouped, folded=folded, words=True)
