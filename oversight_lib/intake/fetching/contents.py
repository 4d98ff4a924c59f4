"""Whether what came is the file that was asked for, told by its first and its last bytes."""

from pathlib import Path

from oversight_lib.errors import PublicationError
from oversight_lib.intake.cells import read_cells
from oversight_lib.intake.layouts import Kind, recognise


def fault(path: Path, kind: Kind) -> str:
    """Return why a file is not a whole published file of a kind; nothing if it is.

    Its figures are not looked at: that is what taking it in does.
    """
    try:
        cells = read_cells(path)
    except PublicationError as error:
        return "; ".join(getattr(problem, "what", str(problem)) for problem in error.problems)
    layout, _ = recognise(cells.table.columns)
    if layout is None or layout.kind is not kind:
        found = layout.title if layout else "of no layout that is known"
        return f"the file is {found}; expected the {kind}"
    return ""
