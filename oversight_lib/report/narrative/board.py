"""What stands before the consequences of a segment and before the questions for a board."""

from oversight_lib.report import formats
from oversight_lib.report import questions as chosen
from oversight_lib.report.fragments import Fragment, paragraphs
from oversight_lib.report.views import View


def consequences(page: View) -> Fragment:
    """Return for which segment the consequences are shown, and how far they are known."""
    mine, final = page.trusts.iloc[0], page.framework.final
    known = (
        "Each line says how it is known. What nobody could read is called unknown; that does not "
        "mean that nothing follows."
    )
    if formats.is_missing(mine["final"]):
        return paragraphs(
            f"Shown for the segment after the override: whether the trust is in segment "
            f"{final.segment} is not published this quarter.",
            known,
        )
    return paragraphs(f"Shown for the final segment, {formats.whole(mine['final'])}.", known)


def questions(page: View) -> Fragment:
    """Return how the questions were chosen, and what the summary is not."""
    asked = chosen.asked(page)
    if not asked:
        return paragraphs("No question is asked, because no figure is there to ask it of.")
    return paragraphs(
        f"The {formats.count(len(asked), 'question')} below {_come(len(asked))} from a bank of "
        "questions, chosen by the figures of this page; each says why it is asked. The summary "
        "sorts what the figures say. Whether that is assurance is for the board to decide."
    )


def _come(number: int) -> str:
    return "comes" if number == 1 else "come"
