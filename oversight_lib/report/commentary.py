"""The words people add to a page, shown beside ours and marked as theirs."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from markdown_it import MarkdownIt
from markupsafe import Markup

from oversight_lib.frames import COMMENTARY, COMMENTARY_FIGURES, Frame
from oversight_lib.report import formats
from oversight_lib.report.views import View

_RULES = ("emphasis", "list", "link", "backticks", "newline", "escape", "entity")
_SCHEMES = ("https://", "http://", "mailto:")


@dataclass(frozen=True, slots=True, repr=False)
class Remarks:
    """A person's words with who wrote them, when, and which of their figures changed since.

    Their Markdown is paragraphs, lists, emphasis and links to elsewhere. Anything else, HTML too,
    is shown as it was typed.
    """

    text: str
    author: str
    date: str
    figures: Sequence[str]
    changed: Sequence[str]

    def __repr__(self) -> str:
        return f"{self.text}\n\n{self._signed}{' Out of date.' if self.changed else ''}"

    @property
    def _signed(self) -> str:
        return f"Written by {self.author}, {self.date}. It leans on {formats.listed(self.figures)}."

    def _repr_html_(self) -> str:
        return str(
            Markup(
                '<aside class="commentary" aria-label="Commentary by {author}">'
                '<p class="commentary-mark">Commentary, written by a person</p>{warning}{words}'
                '<p class="commentary-signed">{signed}</p></aside>'
            ).format(
                author=self.author, warning=self._warning, words=rendered(self.text),
                signed=self._signed,
            )
        )  # fmt: skip

    @property
    def _warning(self) -> Markup:
        if not self.changed:
            return Markup()
        lines = Markup().join(Markup("<li>{}</li>").format(line) for line in self.changed)
        return Markup(
            '<div class="commentary-stale"><p>Out of date: figures it leans on have changed since '
            "it was written.</p><ul>{}</ul></div>"
        ).format(lines)


def remarks(page: View, section: str) -> Remarks | None:
    """Return what a person wrote for a section of the page; None, and so nothing, if nobody did."""
    mine = _of(page, COMMENTARY, section)
    if mine.empty:
        return None
    words = mine.iloc[0]
    figures = _of(page, COMMENTARY_FIGURES, section)
    changed = figures[figures["stale"]]
    return Remarks(
        str(words["text"]),
        str(words["author"]),
        str(words["date"]),
        [
            f"{name} = {then}"
            for name, then in zip(figures["figure"], figures["recorded"], strict=True)
        ],
        [
            f"{name} was {then} and is {formats.text(now, 'no longer there')}"
            for name, then, now in zip(
                changed["figure"], changed["recorded"], changed["current"], strict=True
            )
        ],
    )


def rendered(text: str) -> Markup:
    """Return limited Markdown as HTML: paragraphs, lists, emphasis, links; all else as typed."""
    parser = MarkdownIt("zero", {"html": False}).enable(list(_RULES))
    parser.validateLink = _leads_elsewhere  # type: ignore[method-assign]
    return Markup(parser.render(text))


def _leads_elsewhere(url: str) -> bool:
    return url.lower().startswith(_SCHEMES)


def _of(page: View, frame: Frame, section: str) -> pd.DataFrame:
    # Other pages' words are not asked for, so that a change to them makes none but theirs again.
    code = page.code or page.kind
    return page.assessment.rows(frame, kind=[page.kind], code=[code], section=[section])
