"""A workbook in order, written with another library than ours, for faults to be planted in."""

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, NamedStyle
from openpyxl.worksheet.table import Table

NAME = "annex-of-a-test.xlsx"
ROWS = [("Trust", "Score"), ("A trust", 1.5), ("Another trust", 2.5)]


def in_order():
    """A workbook of a cover, notes and one table that meets every item of the checklist."""
    book = Workbook()
    book.add_named_style(
        NamedStyle("Heading 1", font=Font(name="Arial", sz=16, b=True), builtinId=16)
    )
    cover = book.active
    cover.title = "Cover"
    lines = [
        "Scores of trusts",
        "Contents: Notes, Scores",
        "Contact: somebody",
        "Next update: soon",
    ]
    write(cover, [(line,) for line in lines])
    notes = book.create_sheet("Notes")
    write(notes, [("Notes on the scores",), ("Note number", "Note text"), (1, "Rounded.")])
    mark(notes, "notes_table", "A2:B3")
    scores = book.create_sheet("Scores")
    write(scores, [("Scores of two trusts",), ("Trust", "Score [note 1]"), *ROWS[1:]])
    mark(scores, "scores_table", "A2:B4")
    book.properties.title = "Scores of trusts"
    book.properties.creator = "somebody"
    book.properties.subject = "Scores"
    return book


def write(sheet, rows):
    for row in rows:
        sheet.append(row)
    for row in sheet.iter_rows():
        for cell in row:
            cell.font = Font(name="Arial", sz=12)
            cell.alignment = Alignment(wrap_text=True)
    sheet["A1"].style = "Heading 1"
    for letter in "AB":
        sheet.column_dimensions[letter].width = 30


def mark(sheet, name, ref):
    """Mark cells up as a table, without the filter that the library would add to it."""
    table = Table(displayName=name, name=name, ref=ref)
    table._initialise_columns()
    for column, cell in zip(table.tableColumns, sheet[ref][0], strict=True):
        column.name = str(cell.value)
    table.autoFilter = None
    sheet.add_table(table)


def saved(book, folder, name=NAME):
    path = folder / name
    book.save(path)
    return path
