"""How a page was made, in the words that end it."""

from collections.abc import Mapping
from html import escape

from oversight_lib.errors import visible
from oversight_lib.press.edition_facts import EditionFacts
from oversight_lib.press.page import Page

HEADING = "How this page was made"


def block(page: Page, edition: EditionFacts) -> str:
    """Return the Markdown that ends a page: its template, parameters and rules, the data's sums."""
    parameters = ", ".join(f"{name} = {value}" for name, value in sorted(page.parameters.items()))
    facts = {
        "Template": f"{page.template.parent.name}/{page.template.name}",
        "Parameters": parameters,
        "Quarter": edition.quarter.label,
        "Rules": f"the framework of {edition.rules.replace('-', '/')}",
        "Code": edition.commit,
    }
    rows = _rows({name: escape(visible(value)) for name, value in facts.items()})
    return (
        f"## {HEADING}\n\n"
        f'<table class="provenance"><tbody>{rows}</tbody></table>\n\n{_files(edition)}'
    )


def _files(edition: EditionFacts) -> str:
    if not edition.files:
        return ""
    rows = _rows({f.name: f"<code>{escape(f.sha256)}</code>" for f in sorted(edition.files)})
    count = f"{len(edition.files)} data file" + ("s" if len(edition.files) > 1 else "")
    return (
        f'<details class="provenance-files"><summary>{count}, each with its SHA-256</summary>'
        f'<table class="provenance"><tbody>{rows}</tbody></table></details>\n'
    )


def _rows(cells: Mapping[str, str]) -> str:
    """Return the rows of a table, its second column being HTML already."""
    return "".join(
        f'<tr><th scope="row">{escape(visible(name))}</th><td>{html}</td></tr>'
        for name, html in cells.items()
    )
