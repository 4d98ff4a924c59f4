"""Text that a spreadsheet must not take for something else: a formula, a link, a note."""

import pandas as pd

from oversight_lib.frames import Frame, Kind

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a cell begins with that a spreadsheet would calculate; a number is no text and may."""


def guarded(text: str) -> str:
    """Return a text that no spreadsheet calculates: an apostrophe stands before what it might."""
    return f"'{text}" if text.startswith(FORMULA) else text


def guarded_table(frame: Frame, table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with every text in it guarded; numbers and what is missing stay."""
    texts = [column.name for column in frame.columns if column.kind is Kind.TEXT]
    safe = {name: table[name].map(guarded, na_action="ignore").astype("str") for name in texts}
    return table.assign(**safe)
