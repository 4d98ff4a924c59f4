"""What the tests' templates show: a picture with words, a table, and a few things that go wrong."""

import io
import os
import sys
from pathlib import Path

from IPython.display import HTML, display

from oversight_lib.method import reading

WORDS = "One bar, which is all there is to see."
_BAR = '<rect width="40" height="10" fill="#12436D"/>'
_SVG = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10" width="400">{_BAR}</svg>'


def bar(alt=WORDS):
    """Display a picture as the charts of the report do: with its words beside the output."""
    display({"image/svg+xml": _SVG}, metadata={"image/svg+xml": {"alt": alt}}, raw=True)


def two_bars():
    bar()
    bar()


def drawn():
    """Display a line as matplotlib draws it: with ids, a clip path and a date."""
    import matplotlib.pyplot as plt  # noqa: PLC0415  only England pays for it

    figure, axes = plt.subplots()
    axes.plot([1, 2])
    text = io.StringIO()
    figure.savefig(text, format="svg")
    plt.close(figure)
    words = {"alt": "A line that rises from one to two."}
    display({"image/svg+xml": text.getvalue()}, metadata={"image/svg+xml": words}, raw=True)


def note(quarter):
    """Return a table with a word from the assessment's tables."""
    text = (Path(os.environ["OVERSIGHT_TABLES"]) / "note.txt").read_text()
    head = "<thead><tr><th>Quarter</th><th>Note</th></tr></thead>"
    return HTML(f"<table>{head}<tbody><tr><td>{quarter}</td><td>{text}</td></tr></tbody></table>")


def remarks(code):
    """Return what was said of somebody, asked of a table as an assessment asks."""
    reading.note("remarks", {"code": [code]})
    # What is read of files with this ending is told by the assessment, and not by the file.
    rows = (Path(os.environ["OVERSIGHT_TABLES"]) / "remarks.parquet").read_text().splitlines()
    said = [row.split(",", 1)[1] for row in rows[1:] if row.split(",", 1)[0] == code]
    return HTML("".join(f"<p>{words}</p>" for words in said))


def warn():
    sys.stderr.write("a warning\n")


def divide_by(deficit):
    return 1 / deficit
