"""What twenty pages say, as text that somebody read aloud and approved.

`python -m tests.report.approved` (or `make approve`) writes `tests/approved/` again; whoever runs
it reads what changed before it is committed.
"""

import json
import re
import textwrap

from oversight_lib.report import narrative
from oversight_lib.report.questions import asked, said
from tests.conftest import ROOT
from tests.report.pages import page

FOLDER = ROOT / "tests" / "approved"
Q1, Q2, Q3 = "2025-26-q1", "2025-26-q2", "2025-26-q3"
PAGES = {
    # name of the file: kind, code, quarter; and why it is here
    "england-q1": ("england", "", Q1),
    "england-q3": ("england", "", Q3),
    "region-london": ("region", "Y56", Q1),
    "region-south-east": ("region", "Y59", Q1),
    "region-midlands": ("region", "Y60", Q3),
    "region-north-east-and-yorkshire": ("region", "Y63", Q2),
    "icb-north-east-london": ("icb", "QMF", Q3),
    "icb-no-trust-loaded": ("icb", "QHG", Q3),
    "icb-least-deprived-better-off": ("icb", "QOX", Q1),
    "icb-latest-month-deteriorated": ("icb", "QGH", Q1),
    "icb-latest-month-improved": ("icb", "QT6", Q3),
    "icb-to-be-divided": ("icb", "QNQ", Q2),
    "trust-overridden-in-recovery-and-tied": ("trust", "RHM", Q1),
    "trust-specialist": ("trust", "RPY", Q1),
    "trust-of-a-five-character-code": ("trust", "G6V2S", Q3),
    "trust-overridden-from-segment-1": ("trust", "RXG", Q1),
    "trust-three-tied": ("trust", "RDY", Q3),
    "trust-metrics-missing": ("trust", "RNK", Q3),
    "trust-override-changes-nothing": ("trust", "RCX", Q1),
    "trust-clear-change": ("trust", "RYY", Q3),
}
_CALL = re.compile(r"report\.narrative\.(\w+)\(page(?:, \"([\w-]+)\")?\)")


def reading(name):
    """What a page says, section by section, in the order of its template."""
    view = page(*PAGES[name])
    parts = [f"{view.name}, {view.period}"]
    for heading, calls in sections(view.kind):
        told = [repr(getattr(narrative, call)(view, *args)) for call, args in calls]
        if "questions" in [call for call, _ in calls]:
            told += [f"{line.level}: {line.words}" for line in said(view)]
            told += [f"{one.question.says} ({one.because})" for one in asked(view)]
        parts.append("\n\n".join([f"## {heading}", *told]))
    return "\n\n".join(map(wrapped, parts)).replace("\u00a0", " ") + "\n"


def wrapped(text):
    return "\n\n".join(
        textwrap.fill(part, 100, break_on_hyphens=False) for part in text.split("\n\n")
    )


def sections(kind):
    """The headings of a template with the sentences below each: a call and its arguments."""
    notebook = json.loads((ROOT / "notebooks" / f"{kind}.ipynb").read_text("utf-8"))
    heading, calls = "", []
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            if calls:
                yield heading, calls
            heading, calls = source.replace("{{ title }}", "Opening").lstrip("# "), []
        elif match := _CALL.fullmatch(source):
            calls.append((match[1], [match[2]] if match[2] else []))
    if calls:
        yield heading, calls


def main():
    """Write every reading; remove what is of no page any more."""
    FOLDER.mkdir(exist_ok=True)
    for path in FOLDER.glob("*.txt"):
        if path.stem not in PAGES:
            path.unlink()
    for name in PAGES:
        (FOLDER / f"{name}.txt").write_text(reading(name), "utf-8")


if __name__ == "__main__":
    main()
