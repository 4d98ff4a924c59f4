"""What stands before the consequences of a segment and before the questions for a board."""

from oversight_lib.frames import OVERALL, SEGMENTS
from oversight_lib.report import formats
from oversight_lib.report import questions as chosen
from oversight_lib.report.bound import bound
from oversight_lib.report.fragments import Fragment, paragraphs
from oversight_lib.report.numbers import cell, count, segment, shown
from oversight_lib.report.recorded import recorded
from oversight_lib.report.sentences import say
from oversight_lib.report.views import View


@recorded
def consequences(page: View) -> Fragment:
    """Return for which segment the consequences are shown, and how far they are known."""
    mine, final = page.trust, page.framework.final
    known = say("board.consequences.known")
    if formats.is_missing(mine["final"]):
        return paragraphs(say("board.consequences.unknown", last=segment(final.segment)), known)
    at = cell(page, SEGMENTS, "final", scope=OVERALL)
    final_segment = bound(formats.whole(mine["final"]), at)
    return paragraphs(say("board.consequences.final", final=final_segment), known)


@recorded
def questions(page: View) -> Fragment:
    """Return how the questions were chosen, and what the summary is not."""
    asked = chosen.asked(page)
    if not asked:
        return paragraphs(say("board.questions.none"))
    number = count(len(asked), "question", shown(page, "questions", "count"))
    return paragraphs(say(f"board.questions.{'one' if len(asked) == 1 else 'many'}", number=number))
