"""Sentences about inequality: whom an area has, whom trusts serve, what can be broken down."""

from oversight_lib import frames
from oversight_lib.method.cells import Cell
from oversight_lib.report import formats
from oversight_lib.report.bound import bound, joined
from oversight_lib.report.fragments import Fragment, notice, paragraphs
from oversight_lib.report.inequalities import area, table_of
from oversight_lib.report.numbers import cell, found, out_of, place, rule, whole
from oversight_lib.report.recorded import recorded
from oversight_lib.report.sentences import say
from oversight_lib.report.tables.inequalities import share
from oversight_lib.report.views import View
from oversight_lib.rules.core20plus5 import core20plus5
from oversight_lib.rules.coverage import DIMENSIONS, load_coverage
from oversight_lib.rules.disclosure import policies


@recorded
def deprivation(page: View) -> Fragment:
    """Return how many of the page's small areas are in the most deprived fifth, and what that is.

    Small areas are counted, because the files have no population.
    """
    rows = table_of(page, frames.DEPRIVATION_DECILES)
    if rows.empty:
        absent = formats.Absent.NOT_LOADED
        return notice(say("inequalities.deprivation.absent", absent=absent, name=place(page)))
    first = int(rows.loc[rows["decile"] <= 2, "small_areas"].sum())
    all_of = int(rows["small_areas"].sum())
    every = whole(all_of, _small_areas(page))
    what = say("inequalities.deprivation.what")
    if page.kind == "england":
        return paragraphs(say("inequalities.deprivation.england", whole=every), what)
    told = say(
        "inequalities.deprivation.area",
        first=whole(first, _small_areas(page, decile="1|2")),
        whole=every,
        name=place(page),
        share=bound(share(first / all_of), found(page, "core20_share")),
    )
    return paragraphs(told, what)


def _small_areas(page: View, **key: object) -> Cell:
    return Cell.of(frames.DEPRIVATION_DECILES.name, "sum(small_areas)", area=area(page), **key)


@recorded
def core20plus5_frame(_: View) -> Fragment:
    """Return what Core20PLUS5 is here for, and what a reader must not take from it."""
    parts = core20plus5().part
    shown = sum(bool(part.shown) for part in parts)
    return paragraphs(
        say(
            "inequalities.core20plus5.is",
            parts=whole(len(parts), rule("parts", "core20plus5")),
            shown=whole(shown, rule("shown", "core20plus5")),
            caveat=core20plus5().caveat,
        )
    )


@recorded
def coverage(page: View) -> Fragment:
    """Return for how many metrics a breakdown was found, and what the words of the table mean."""
    every = load_coverage(page.quarter.year)
    if every is None:
        return notice(say("inequalities.coverage.absent", absent=formats.Absent.NOT_LOADED))
    series = [every.of(metric.id) for metric in page.framework.metric]
    full = sum(all(getattr(one, name) == "published" for name in DIMENSIONS) for one in series)
    people = [one for one in series if one.deprivation != "not applicable"]
    deprived = sum(one.deprivation in ("published", "part") for one in people)
    at = rule("all_four", "coverage"), rule("metrics", "coverage")
    return paragraphs(
        say("inequalities.coverage.duty"),
        say(
            "inequalities.coverage.found",
            of=out_of(full, len(series), "metric", at),
            people=whole(len(people), rule("of_people", "coverage")),
            deprived=whole(deprived, rule("by_deprivation", "coverage")),
        ),
        say("inequalities.coverage.words"),
    )


@recorded
def served(page: View) -> Fragment:
    """Return what the chart of trusts and deprivation is, and what it cannot say."""
    known = page.orgs & set(page.further(frames.SERVED)["org"])
    if not known:
        return notice(say("inequalities.served.absent", name=place(page), period=page.period))
    at = found(page, "served_known"), cell(page, frames.SEGMENTS, scope=frames.OVERALL)
    return paragraphs(
        say("inequalities.served.is", of=out_of(len(known), len(page.trusts), "trust", at)),
        say("inequalities.served.caution"),
    )


@recorded
def disclosure(page: View) -> Fragment:
    """Return under which policies the figures of inequality are shown."""
    table = page.assessment.table(frames.INDICATORS)
    local = table[~table["policy"].map(lambda name: policies()[str(name)].protected)]
    carried, symbols = (say(f"inequalities.disclosure.{name}") for name in ("carried", "symbols"))
    if local.empty:
        return paragraphs(joined([carried, symbols]))
    rules = formats.listed(sorted({policies()[str(name)].name for name in local["policy"]}))
    return paragraphs(
        carried,
        say(
            "inequalities.disclosure.local",
            names=formats.listed(sorted(local["short"])),
            rules=rules,
            symbols=symbols,
        ),
    )
