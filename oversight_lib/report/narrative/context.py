"""Sentences about systems: what the tests are, what charts may say, boards in time."""

from typing import Any

from oversight_lib.frames import SUCCESSIONS
from oversight_lib.method.context import Result
from oversight_lib.report import formats, systems
from oversight_lib.report.fragments import Fragment, notice, paragraphs
from oversight_lib.report.views import View
from oversight_lib.rules import measures
from oversight_lib.rules.context import Measure

_FALSE_SIGNALS = 0.013
"""Share of stable series of 24 points without carry-over whose latest point is labelled."""
_TWO_YEARS = 24
"""Recorded months from which a series has every season twice."""


def contextual_caveat(page: View) -> Fragment:
    """Return what the contextual tests are and are not, and how many can be said."""
    rules, results = systems.rules(page), systems.tests(page)
    if rules is None or results.empty:
        return notice(f"Contextual tests: {formats.Absent.NOT_APPLICABLE} for {page.period}.")
    unsaid = int(results["result"].eq(Result.CANNOT_BE_SAID).sum())
    return paragraphs(
        rules.caveat,
        f"A test is met when what it asks holds: it points to a difficulty. Of "
        f"{formats.count(len(results), 'result')} on this page, {unsaid:,} cannot be said because "
        "the figures are not loaded; nothing else is put in their place.",
    )


def control_notes(page: View, measure: str) -> Fragment:
    """Return what must be known to read a control chart: limits, gaps, carry-over, exclusions."""
    found = systems.charted(page, measure)
    if found is None:
        return notice(f"{measures()[measure].name}: {formats.Absent.NOT_LOADED}.")
    rows = systems.series(page, measure)
    mine = rows[rows["area"] == systems.area(page)]
    out = mine.loc[mine["value"].isna(), "reason"].dropna().value_counts().sort_index()
    left_out = [f"{formats.count(int(many), 'month')} left out: {why}" for why, many in out.items()]
    target = f"The target is {found.measure.target_is}. " if found.measure.target_is else ""
    notes = [formats.sentence(note) for note in (*found.chart.notes, *left_out)]
    licence = formats.sentence(f"What may be said of the latest month: {_licensed(found)}")
    return paragraphs(
        f"{found.measure.note} {target}Limits are the mean plus and minus 2.66 mean moving ranges, "
        "as Making Data Count defines them; a special cause is marked by shape as well as colour.",
        " ".join([licence, *notes]),
        year_before(found),
    )


def year_before(found: systems.Charted) -> str:
    """Return the latest month beside the same month a year before, with no verb of change.

    Empty below 24 recorded months or where that month has no figure: the seasons of a shorter
    series cannot be told from a change, and two months never can.
    """
    recorded = found.recorded.set_index("period")["value"]
    latest = recorded.index[-1]
    if len(recorded) < _TWO_YEARS or latest - 12 not in recorded.index:
        return ""
    now, then = recorded[latest], recorded[latest - 12]
    unit, base = _read_out(found.measure)
    return (
        f"Beside the same month a year before: {formats.number(now, 1)}{base} in "
        f"{systems.month(latest)} and {formats.number(then, 1)}{base} in "
        f"{systems.month(latest - 12)}, {_apart(round(now, 1) - round(then, 1), unit)}. "
        "Like months are compared so that the season is not read as a change; two are no trend."
    )


def _read_out(measure: Measure) -> tuple[str, str]:
    """Return the unit of a difference, and what follows a figure: its unit and its base."""
    if measure.unit != "percent":
        return measure.unit, f" {measure.unit}"
    return "percentage points", f"% of {measure.of}" if measure.of else "%"


def _apart(difference: float, unit: str) -> str:
    if not round(difference, 1):
        return "the same to one decimal"
    side = "higher" if difference > 0 else "lower"
    return f"{formats.number(abs(difference), 1)} {unit} {side}"


def _licensed(found: systems.Charted) -> str:
    licence = found.chart.verb_licence
    if licence.verb.value == "none":
        return f"no clear change; {licence.reason}"
    return f"{licence.verb.value}; {licence.reason}"


def multiples_caution(page: View, measure: str) -> Fragment:
    """Return how many boards have a signal now, beside how many false ones are to be expected."""
    found = [systems.charted(page, measure, code) for code in systems.boards(page)["icb"]]
    charts = [chart for chart in found if chart]
    if not charts:
        return notice(f"{measures()[measure].name}: {formats.Absent.NOT_LOADED}.")
    signal = [chart for chart in charts if chart.chart.verb_licence.verb.value != "none"]
    labelled = sum("," in chart.chart.variation.value for chart in charts)
    expected = formats.number(len(charts) * _FALSE_SIGNALS, 1)
    return paragraphs(
        f"{formats.out_of(labelled, len(charts), 'board')} {formats.are(labelled)} labelled with a "
        "special cause at the latest month under the standard rules, and "
        f"{formats.out_of(len(signal), len(charts), 'board')} once carry-over from month to month "
        f"is allowed for. If every series were stable and its months independent, {expected} "
        "labels would be expected by chance. Boards are not ranked by this."
    )


def survey_caution(page: View) -> Fragment:
    """Return what a survey can and cannot be read for."""
    return paragraphs(
        f"Percentages of people who answered, weighted by the publisher, for practices of "
        f"{page.name}. The survey’s notes say that results of integrated care boards are not to be "
        "used as league tables. Overall experience of the practice is not among the questions "
        "loaded."
    )


def admissions_note(page: View) -> Fragment:
    """Return what the map of admissions is, and how it differs from where a trust is counted."""
    return paragraphs(
        "A trust is counted in one board, by its head office. Its patients may live elsewhere: the "
        "table lists every trust that had at least 5% of its admissions in 2022 from people living "
        f"in the area of {page.name}, wherever the trust is counted. Trusts of the quarter only; "
        "shares are of the trust’s admissions, not of the board’s population."
    )


def succession(page: View) -> Fragment:
    """Return what became of a board, or came of it, and how its series are carried over."""
    rows = page.assessment.table(SUCCESSIONS)
    board = systems.boards(page).iloc[0]
    after = rows[(rows["predecessor"] == page.code) & (rows["successor"] != page.code)]
    before = rows[(rows["successor"] == page.code) & (rows["predecessor"] != page.code)]
    told = [
        f"{step['predecessor']} to {step['successor']}: {_carried(step)}"
        for step in [*after.to_dict("records"), *before.to_dict("records")]
    ]
    if not told:
        return paragraphs(f"No succession of {page.name} ({board['icb']}) is recorded.")
    ends = (
        ""
        if formats.is_missing(board["valid_to"])
        else (f" {page.name} closed at the end of {board['valid_to']}.")
    )
    day = [*after["date"], *before["date"]][0]
    return paragraphs(f"Boards changed on {day}.{ends} {formats.sentence('; '.join(told))}")


def _carried(step: dict[Any, Any]) -> str:
    share = step["share"]
    if formats.is_missing(share):
        return "no population share is known, so series are not carried over"
    if float(str(share)) == 1:
        return "the whole board; its counts are carried over"
    return (
        f"{formats.number(100 * float(str(share)), 1)}% of its population; counts are carried over "
        "by that share"
    )
