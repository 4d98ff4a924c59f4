"""The checklist for spreadsheets: a workbook in order passes, and each planted fault is found."""

import zipfile

import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.table import AutoFilter

from oversight_lib.errors import PublicationError
from oversight_lib.press.downloads.checklist import FOR_A_PERSON, ITEMS, faults, summary
from oversight_lib.press.downloads.checklist.colour import contrast
from tests.press.downloads.books import in_order, mark, saved

FAULTS = {}


def fault(item):
    """Register what plants a fault against an item; two of one item have different names."""

    def keep(plant):
        FAULTS[f"{item}: {plant.__name__}"] = (item, plant)
        return plant

    return keep


@fault("marked-up")
def unmarked(book):
    del book["Scores"].tables["scores_table"]


@fault("table-names")
def default_name(book):
    book["Scores"].tables["scores_table"].displayName = "Table1"


@fault("merged")
def merged(book):
    book["Scores"].merge_cells("A3:A4")


@fault("nested")
def nested(book):
    mark(book["Scores"], "inner", "A3:B4")


@fault("blank-rows")
def blank_row(book):
    for cell in book["Scores"][3]:
        cell.value = None


@fault("blank-rows")
def blank_column(book):
    for row in (3, 4):
        book["Scores"].cell(row, 2).value = None


@fault("header-row")
def no_header(book):
    book["Scores"].tables["scores_table"].headerRowCount = 0


@fault("header-row")
def nameless_heading(book):
    book["Scores"]["B2"] = 2025


@fault("header-row")
def same_headings(book):
    book["Scores"]["B2"] = "Trust"


@fault("wrapped")
def cut_off(book):
    cell = book["Scores"]["A3"]
    cell.value = "A trust with a name that is longer than its column is wide"
    cell.alignment = Alignment(wrap_text=False)


@fault("filters")
def filtered(book):
    book["Scores"].tables["scores_table"].autoFilter = AutoFilter(ref="A2:B4")


@fault("filters")
def filtered_sheet(book):
    book["Scores"].auto_filter.ref = "A2:B4"


@fault("filters")
def frozen(book):
    book["Scores"].freeze_panes = "B3"


@fault("empty-cells")
def empty_cell(book):
    book["Scores"]["B3"] = None


@fault("hidden")
def hidden_row(book):
    book["Scores"].row_dimensions[3].hidden = True


@fault("hidden")
def hidden_column(book):
    book["Scores"].column_dimensions["B"].hidden = True


@fault("hidden")
def hidden_sheet(book):
    book["Scores"].sheet_state = "hidden"


@fault("widths")
def narrow(book):
    book["Scores"].column_dimensions["B"].width = 2


@fault("widths")
def wide(book):
    book["Scores"].column_dimensions["B"].width = 200


@fault("note-symbols")
def asterisk(book):
    book["Scores"]["A3"] = "A trust*"


@fault("note-symbols")
def dagger(book):
    book["Scores"]["A3"] = "A trust †"


@fault("note-symbols")
def superscript(book):
    book["Scores"]["A3"].font = Font(name="Arial", sz=12, vertAlign="superscript")


@fault("note-word")
def number_alone(book):
    book["Scores"]["B2"] = "Score [1]"


@fault("note-places")
def note_among_data(book):
    book["Scores"]["A3"] = "A trust [note 1]"


@fault("notes-sheet")
def untold_note(book):
    book["Scores"]["B2"] = "Score [note 2]"


@fault("links")
def bare_link(book):
    book["Cover"]["A3"] = "https://example.org/contact"


@fault("links")
def empty_link(book):
    book["Cover"]["A3"] = "Contact"
    book["Cover"]["A4"] = "click here"
    book["Cover"]["A4"].hyperlink = "https://example.org"
    book["Cover"]["A2"] = "Contents, next update"


@fault("legible")
def small(book):
    book["Scores"]["A3"].font = Font(name="Arial", sz=8)


@fault("legible")
def italic(book):
    book["Scores"]["A3"].font = Font(name="Arial", sz=12, i=True)


@fault("legible")
def underlined(book):
    book["Scores"]["A3"].font = Font(name="Arial", sz=12, u="single")


@fault("titles")
def plain_title(book):
    book["Scores"]["A1"].style = "Normal"
    book["Scores"]["A1"].font = Font(name="Arial", sz=16, b=True)


@fault("titles")
def same_titles(book):
    book["Scores"]["A1"] = book["Notes"]["A1"].value


@fault("symbols")
def only_symbols(book):
    book["Scores"]["A3"] = "--"


@fault("floating")
def header(book):
    book["Scores"].oddHeader.center.text = "Draft"


@fault("floating")
def footer(book):
    book["Scores"].oddFooter.left.text = "Page 1"


@fault("floating")
def comment(book):
    book["Scores"]["A3"].comment = Comment("look", "somebody")


@fault("fills")
def filled(book):
    book["Scores"]["A3"].fill = PatternFill("solid", fgColor="FFFFEE")


@fault("colour")
def colour_scale(book):
    rule = CellIsRule(operator="greaterThan", formula=["2"], font=Font(color="DA291C"))
    book["Scores"].conditional_formatting.add("B3:B4", rule)


@fault("contrast")
def faint(book):
    book["Scores"]["A3"].font = Font(name="Arial", sz=12, color="BFBFBF")


@fault("images")
def charted(book):
    chart = BarChart()
    chart.add_data(Reference(book["Scores"], min_col=2, min_row=2, max_row=4))
    book["Scores"].add_chart(chart, "D2")


@fault("sheet-names")
def default_sheet(book):
    book["Scores"].title = "Sheet1"


@fault("sheet-names")
def long_sheet(book):
    book["Scores"].title = "S" * 31


@fault("blank-sheets")
def blank_sheet(book):
    book.create_sheet("Nothing")


@fault("column-a")
def gap_in_a(book):
    book["Scores"].insert_rows(2)
    table = book["Scores"].tables.pop("scores_table")
    mark(book["Scores"], table.name, "A3:B5")


@fault("left-edge")
def away_from_the_edge(book):
    book["Scores"].tables["scores_table"].ref = "B2:B4"


@fault("below")
def something_below(book):
    book["Scores"]["A6"] = "Source: somebody"


@fault("one-table")
def two_tables(book):
    sheet = book["Scores"]
    sheet.append(("Region", "Trusts"))
    sheet.append(("A region", 2))
    mark(sheet, "regions_table", "A5:B6")


@pytest.mark.parametrize("name", ["title", "creator", "subject"])
def test_a_property_that_is_not_filled_in_is_found(tmp_path, name):
    book = in_order()
    setattr(book.properties, name, " ")
    assert set(faults(saved(book, tmp_path))) == {"properties"}


@fault("cursor")
def opens_elsewhere(book):
    book.active = 2


@fault("cursor")
def cursor_elsewhere(book):
    for selection in book["Scores"].sheet_view.selection:
        selection.activeCell = selection.sqref = "B3"


@fault("first-sheet")
def no_contact(book):
    book["Cover"]["A3"] = "Somebody"


def test_a_workbook_in_order_has_no_fault(tmp_path):
    assert faults(saved(in_order(), tmp_path)) == {}


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_found(tmp_path, name):
    item, plant = FAULTS[name]
    book = in_order()
    plant(book)
    found = faults(saved(book, tmp_path))
    assert item in found
    assert all(str(problem).strip() for problem in found[item])
    # Another item may see the same fault, as a chart both floats and is an image; few do.
    assert len(found) <= 4, found


def test_macros_are_found(tmp_path):
    path = saved(in_order(), tmp_path)
    with zipfile.ZipFile(path, "a") as file:
        file.writestr("xl/vbaProject.bin", b"")
    assert set(faults(path)) == {"macros"}


def test_the_name_of_the_file_is_looked_at(tmp_path):
    assert set(faults(saved(in_order(), tmp_path, "Annex 1.xlsx"))) == {"file-name"}


def test_every_item_has_a_planted_fault():
    planted = {item for item, _ in FAULTS.values()}
    assert set(ITEMS) - planted == {"macros", "file-name", "properties"}  # tested on their own


def test_the_empty_cells_of_a_sheet_that_says_why_are_no_fault(tmp_path):
    book = in_order()
    book["Scores"]["B3"] = None
    book["Scores"]["A1"] = "Scores of two trusts; a blank cell is a score not published"
    assert faults(saved(book, tmp_path)) == {}


def test_what_is_no_workbook_is_refused(tmp_path):
    path = tmp_path / "text.xlsx"
    path.write_text("no workbook")
    with pytest.raises(PublicationError, match="not a workbook"):
        faults(path)
    with pytest.raises(PublicationError):
        faults(tmp_path / "absent.xlsx")


def test_the_summary_counts_items_and_leaves_a_person_the_rest(tmp_path):
    book = in_order()
    book["Scores"].merge_cells("A3:A4")
    told = summary(faults(saved(book, tmp_path)))
    assert "Remove merged and split cells (essential):" in told
    assert "Scores A3:A4: cells are merged" in told
    assert all(asked in told for asked in FOR_A_PERSON)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("000000", "FFFFFF", 21.0), ("FFFFFF", "FFFFFF", 1.0), ("767676", "FFFFFF", 4.54)],
)
def test_contrast_is_as_wcag_defines_it(one, other, expected):
    assert contrast(one, other) == pytest.approx(expected, abs=0.005)
