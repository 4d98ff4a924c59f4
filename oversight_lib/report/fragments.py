"""Pieces of a page that are neither chart nor table: paragraphs, shown as HTML."""

from dataclasses import dataclass

from markupsafe import Markup, escape


@dataclass(frozen=True, slots=True, repr=False)
class Fragment:
    """Paragraphs, one string each. A notebook shows them as HTML with every character escaped."""

    paragraphs: tuple[str, ...]
    role: str = "narrative"

    def __repr__(self) -> str:
        return "\n\n".join(self.paragraphs)

    def _repr_html_(self) -> str:
        if not self.paragraphs:
            return ""
        body = Markup("").join(Markup("<p>{}</p>").format(words) for words in self.paragraphs)
        return str(Markup('<div class="{}">{}</div>').format(escape(self.role), body))


def paragraphs(*words: str) -> Fragment:
    """Return the paragraphs that are not empty."""
    return Fragment(tuple(word for word in words if word))


def notice(words: str) -> Fragment:
    """Return one paragraph that stands where a chart or table would, and says why it does not."""
    return Fragment((words,), "notice")


def nothing() -> Fragment:
    """Return what stands where words nearby have already said why there is no picture or table."""
    return Fragment(())
