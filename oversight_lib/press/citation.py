"""How to cite a page of an edition."""

import oversight_lib
from oversight_lib.press.edition_facts import EditionFacts


def cite(title: str, edition: EditionFacts) -> str:
    """Return one sentence that names a page, its edition, and the code that made it."""
    return (
        f"The oversight authors. “{title}”. NHS Oversight Framework, {edition.quarter.label}: "
        f"an independent edition. Oversight {oversight_lib.__version__}, code {edition.commit}."
    )
