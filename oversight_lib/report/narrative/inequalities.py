"""Sentences about inequality: size, direction, period and certainty; no cause, no ranking."""

import pandas as pd

from oversight_lib import frames
from oversight_lib.report import formats
from oversight_lib.report.fragments import Fragment, notice, paragraphs
from oversight_lib.report.inequalities import Gradient, deciles, gradients
from oversight_lib.report.inequalities import served as served_of
from oversight_lib.report.tables.inequalities import share, signed
from oversight_lib.report.views import View
from oversight_lib.rules.core20plus5 import core20plus5
from oversight_lib.rules.coverage import DIMENSIONS, load_coverage
from oversight_lib.rules.disclosure import policies

_NOT_COMPARED = (
    "No area is ranked on these figures: the framework’s methodology manual describes inequality "
    "measures as contextual, unscored and not directly comparable between systems. What can be "
    "read is an area’s own gradient, and how it changed."
)


def deprivation(page: View) -> Fragment:
    """Return how many of the page's small areas are in the most deprived fifth, and what that is.

    Small areas are counted, because the files have no population.
    """
    rows = deciles(page)
    if rows.empty:
        return notice(
            f"Deprivation: {formats.Absent.NOT_LOADED}. No small areas of {page.name} are at hand."
        )
    first = int(rows.loc[rows["decile"] <= 2, "small_areas"].sum())
    whole = int(rows["small_areas"].sum())
    what = (
        "Small areas (2021 LSOAs) are counted, not people: neither file has a population. Source: "
        "Ministry of Housing, Communities and Local Government, English indices of deprivation "
        "2025; Office for National Statistics, lookup to integrated care boards."
    )
    if page.kind == "england":
        return paragraphs(
            f"England has {formats.whole(whole)} small areas. The most deprived fifth of "
            "them, by the Index of Multiple Deprivation, is the Core20 of Core20PLUS5. Each "
            "board has its own share of it.",
            what,
        )
    return paragraphs(
        f"{formats.whole(first)} of the {formats.whole(whole)} small areas of {page.name} "
        f"({share(first / whole)}) are in England’s most deprived fifth by the Index of Multiple "
        "Deprivation 2025; by definition that fifth is 20.0% of England’s small areas.",
        what,
    )


def gradient(page: View) -> Fragment:
    """Return each indicator's ends, gap, slope index and clear change, in sentences."""
    found = gradients(page)
    if not found:
        return notice(
            f"No indicator by deprivation is loaded for {page.name}. `oversight breakdowns` takes "
            "in a Fingertips download or a local table."
        )
    told = [words for one in found for words in _told(page, one)]
    return paragraphs(*told, _NOT_COMPARED)


def _told(page: View, one: Gradient) -> list[str]:
    about = one.indicator
    name = f"{about['name']}, {formats.period(one.period)}"
    if "gap" not in one.measures:
        return [f"{name}: no measure of inequality, because {one.reason or 'a group is missing'}."]
    gap, slope = one.measures["gap"], one.measures.get("sii_local")
    unit = "percentage points" if about["unit"] == "percent" else str(about["unit"])
    sentences = [
        f"{name}: {_value(one, one.most)} in the most deprived {one.groups} and "
        f"{_value(one, one.least)} in the least deprived.",
        f"Gap: {_limits(gap)} {unit}.",
    ]
    if slope is not None:
        sentences.append(f"Slope index of inequality, ranks within the area: {_limits(slope)}.")
    national = one.measures.get("sii_national")
    if national is not None and page.kind != "england":
        sentences.append(f"With England’s ranks: {_limits(national)}.")
    sentences.append(_sign(one))
    more = " ".join([*_straightness(one), _change(one), _sums(one)])
    return [" ".join(sentences), " ".join(more.split()), str(about["note"] or "")]


def _sign(one: Gradient) -> str:
    """Return what the sign means here: which end has the better figure."""
    gap = one.measures["gap"]
    says = f"Positive means worse for the most deprived {one.groups}"
    if gap["low"] <= 0 <= gap["high"]:
        return f"{says}; the interval of the gap holds 0."
    who = "least" if gap["value"] > 0 else "most"
    better = str(one.indicator["better"])
    return f"{says}; {better} is better, and the {who} deprived {one.groups} has the better figure."


def _straightness(one: Gradient) -> list[str]:
    slope = one.measures.get("sii_local")
    if slope is None or pd.isna(slope["departing_group"]):
        return []
    group = formats.whole(slope["departing_group"])
    return [
        f"The gradient is not a straight line: {one.groups} {group} departs from it, so the slope "
        "index is a summary, and the figures by group stand in the table."
    ]


def _change(one: Gradient) -> str:
    if one.first == one.period:
        return "One period is loaded, so no change can be told."
    between = f"between {_bare(one.first)} and {_bare(one.period)}"
    if one.change is None:
        return f"No clear change in the slope index within the area {between}."
    slope, change = one.measures["sii_local"], one.change
    before, after = slope["value"] - change["value"], slope["value"]
    return (
        f"The slope index within the area changed by {_limits(change)} {between}: "
        f"{_moved(before, after)}. The fitted end of the most deprived moved by "
        f"{signed(change['most_deprived_change'])}, that of the least deprived by "
        f"{signed(change['least_deprived_change'])}. The periods are taken as independent, though "
        "many people are in both."
    )


def _moved(before: float, after: float) -> str:
    """Return what became of the difference between the ends, whichever of them is better off."""
    if before * after < 0:
        return "the difference changed sides"
    return f"the difference {'widened' if abs(after) > abs(before) else 'narrowed'}"


def _sums(one: Gradient) -> str:
    if not one.rows["summed"].any():
        return ""
    return "The figures are the counts of the region’s boards added up, with their rounding."


def changes_within(page: View) -> Fragment:
    """Return in how many boards the gap changed clearly, beside how many would by chance."""
    table = page.assessment.table(frames.AREA_INEQUALITY_CHANGES)
    boards = table[table["area"].isin(page.register["icb"])]
    if boards.empty:
        return notice(f"Changes within boards: {formats.Absent.NOT_LOADED}.")
    told = [_of_indicator(page, str(name), rows) for name, rows in boards.groupby("indicator")]
    return paragraphs(*told)


def _of_indicator(page: View, indicator: str, rows: pd.DataFrame) -> str:
    about = page.assessment.table(frames.INDICATORS)
    short = str(about.loc[about["indicator"] == indicator, "short"].iloc[0])
    spans = rows.assign(span=rows["previous"] + rows["period"])
    order = page.assessment.table(frames.AREA_INEQUALITIES).sort_values("order")
    periods = order.loc[order["indicator"] == indicator, "period"].drop_duplicates().tolist()
    whole = spans[spans["previous"].eq(periods[0]) & spans["period"].eq(periods[-1])]
    known = whole.dropna(subset=["value"])
    clear = known[(known["low"] > 0) | (known["high"] < 0)]
    chance = formats.number(0.05 * len(known), 1)
    of = formats.out_of(len(clear), len(known), "board")
    return (
        f"{short}: between {_bare(periods[0])} and {_bare(periods[-1])} the slope index within the "
        f"board changed clearly in {of}; of {len(known):,} that did not change at all, about "
        f"{chance} would seem to. In all others there is no clear change."
    )


def core20plus5_frame(_: View) -> Fragment:
    """Return what Core20PLUS5 is here for, and what a reader must not take from it."""
    parts = core20plus5().part
    shown = sum(bool(part.shown) for part in parts)
    return paragraphs(
        "Core20PLUS5 is NHS England’s approach to healthcare inequalities: the most deprived fifth "
        "of the population, groups that each system adds, and five clinical areas, for adults and "
        f"for children and young people. Of its {len(parts)} parts, something of {shown} can be "
        f"shown with the data at hand. {core20plus5().caveat}",
    )


def coverage(page: View) -> Fragment:
    """Return for how many metrics a breakdown was found, and what the words of the table mean."""
    found = load_coverage(page.quarter.year)
    if found is None:
        return notice(f"Breakdowns of metrics: {formats.Absent.NOT_LOADED} for this year.")
    series = [found.of(metric.id) for metric in page.framework.metric]
    full = sum(all(getattr(one, name) == "published" for name in DIMENSIONS) for one in series)
    people = [one for one in series if one.deprivation != "not applicable"]
    deprived = sum(one.deprivation in ("published", "part") for one in people)
    return paragraphs(
        "NHS England’s statement on information on health inequalities, under section 13SA of the "
        "National Health Service Act 2006, asks NHS bodies to break data down by deprivation, "
        "ethnicity, age and sex at the least.",
        f"The framework’s own data files break none of its metrics down. For "
        f"{formats.out_of(full, len(series), 'metric')} all four breakdowns were found elsewhere; "
        f"of the {len(people)} metrics that are about people by where they live, one by "
        f"deprivation, or something beside it, was found for {deprived}.",
        "Published: the measure, or one its publisher makes of the same people and events. Part: "
        "only something beside it. Not established: it could not be told from what was read, "
        "which is no claim that there is none. Not applicable: the measure is not about people "
        "who could be grouped so.",
    )


def served(page: View) -> Fragment:
    """Return what the chart of trusts and deprivation is, and what it cannot say."""
    rows = served_of(page)
    if rows.empty:
        return notice(
            "Whom trusts serve: shares of admissions by board are at hand for acute trusts only, "
            f"and none of {page.name} is loaded for {page.period}."
        )
    return paragraphs(
        f"For {formats.out_of(len(rows), len(page.trusts), 'trust')} of this page it is known from "
        "which boards their admitted patients came in 2022 (Office for Health Improvement and "
        "Disparities). The figure is the mean of those boards’ shares of small areas in the most "
        "deprived fifth.",
        "This is description. It says nothing of why a trust has its segment, and it is about "
        "whole boards: what holds for areas need not hold for the people in them.",
    )


def disclosure(page: View) -> Fragment:
    """Return under which policies the figures of inequality are shown."""
    table = page.assessment.table(frames.INDICATORS)
    local = table[~table["policy"].map(lambda name: policies()[str(name)].protected)]
    carried = (
        "Every table the repository carries was published, and made safe by its publisher: small "
        "numbers are suppressed or rounded there, and what is suppressed is never filled in here."
    )
    symbols = (
        "[c] is confidential, [x] not available, [z] not applicable, [low] rounds to zero, "
        "[u] unreliable."
    )
    if local.empty:
        return paragraphs(f"{carried} {symbols}")
    names = formats.listed(sorted(local["short"]))
    rules = formats.listed(sorted({policies()[str(name)].name for name in local["policy"]}))
    return paragraphs(
        carried,
        f"Local tables pass the disclosure gate before anything is shown ({names}). Rule: {rules}. "
        f"Values and measures are made from what the gate shows. {symbols}",
    )


def _limits(row: pd.Series) -> str:
    return f"{signed(row['value'])} (95% interval {signed(row['low'])} to {signed(row['high'])})"


def _value(one: Gradient, value: float) -> str:
    words = formats.number(value, 1)
    return f"{words}%" if one.indicator["unit"] == "percent" else f"{words} {one.indicator['unit']}"


def _bare(period: str) -> str:
    return period.removeprefix("To ")
