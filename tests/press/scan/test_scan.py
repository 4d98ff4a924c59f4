"""A restricted number is planted in each kind of file there is, and must be found."""

import json
import struct
import zipfile
import zlib

import pandas as pd
import pytest
import typst

from oversight_lib.errors import LeakError
from oversight_lib.method.disclosure.secret import Secret, secret
from oversight_lib.press.scan import READERS, check, scan
from oversight_lib.press.scan.pieces import numbers

SECRET = secret(
    [["local-clinics", "People seen in a clinic"], ["QMF", "North East London"],
     ["fifth 1", "most deprived"]],
    [3, 1234], 100 * 3 / 48,
)  # fmt: skip
"""Three people, or 1,234 of them unrounded, or the share they are."""

SAID = "People seen in a clinic, North East London, most deprived: 3"
SAFE = "People seen in a clinic, North East London, most deprived: [c]"


def html(body):
    return f"<!DOCTYPE html><html><head><title>x</title></head><body>{body}</body></html>"


def index(terms=None, **more):
    data = {"docnames": ["icbs/qmf"], "titles": ["x"], "alltitles": {}, "terms": terms or {}}
    return f"Search.setIndex({json.dumps(data | more)})"


def notebook(source="", metadata=None, outputs=()):
    cell = {"cell_type": "code", "source": [source], "metadata": metadata or {},
            "outputs": list(outputs)}  # fmt: skip
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4})


TABLE = (
    "<table><caption>People seen in a clinic, North East London</caption><thead><tr>"
    "<th>Group</th><th>Counted</th></tr></thead><tbody><tr><th>most deprived</th><td>{}</td></tr>"
    "</tbody></table>"
)
PLANTED = {
    "paragraph.html": html(f"<p>{SAID}</p>"),
    "paragraph-in-pieces.html": html(f"<p>{SAID[:-1]}<strong>3</strong></p>"),
    "thousands.html": html(f"<p>{SAID[:-1]}1,234</p>"),
    "percentage.html": html(f"<p>{SAID[:-1]}6.3%</p>"),
    "entity.html": html(f"<p>{SAID[:-1]}&#51;</p>"),
    "table.html": html(TABLE.format(3)),
    "under-a-heading.html": html(
        "<h1>North East London</h1><h2>People seen in a clinic</h2><p>Most deprived: 3</p>"
    ),
    "alternative-text.html": html(f'<img src="a.svg" alt="{SAID}">'),
    "tooltip.html": html(f'<a title="{SAID}">x</a>'),
    "data-attribute.html": html(f'<div data-row="{SAID}">x</div>'),
    "spoken.html": html(f'<div aria-label="{SAID}">x</div>'),
    "comment.html": html(f"<!-- {SAID} -->"),
    "script.html": html(f"<script>const x = {json.dumps({'said': SAID})};</script>"),
    "picture-within.html": html(f"<svg><text>{SAID}</text></svg>"),
    "picture.svg": f"<svg xmlns='http://www.w3.org/2000/svg'><text>{SAID}</text></svg>",
    "picture-tooltip.svg": f"<svg><g><title>{SAID}</title></g></svg>",
    "picture-in-pieces.svg": "<svg><text>People seen in a clinic</text><text>North East London"
    "</text><text>most deprived</text><text>3</text></svg>",
    "record.json": json.dumps([{"measure": "local-clinics", "area": "QMF", "group": "fifth 1",
                                "count": 3}]),
    "columns.json": json.dumps({"measure": ["a", "local-clinics"], "area": ["b", "QMF"],
                                "group": ["c", "fifth 1"], "count": [9, 3]}),
    "chart.json": json.dumps({"title": "People seen in a clinic, North East London",
                              "data": {"x": ["most deprived", "least"], "y": [3, 40]}}),
    "metadata.ipynb": notebook(metadata={"mystnb": {"image": {"alt": SAID}}}),
    "output.ipynb": notebook(outputs=[{"data": {"text/html": [f"<p>{SAID}</p>"]}}]),
    "svg-output.ipynb": notebook(outputs=[{"data": {"image/svg+xml": [f"<svg><title>{SAID}"
                                                                      "</title></svg>"]}}]),
    "source.ipynb": notebook(source=f"# {SAID}"),
    "table.csv": "indicator,area,label,count\nlocal-clinics,QMF,fifth 1,3\n",
    "decimal.csv": "indicator,area,label,count\nlocal-clinics,QMF,fifth 1,3.0\n",
    "wide.csv": "indicator,area,most deprived,least\nlocal-clinics,QMF,3,50\n",
    "searchindex.js": index(alltitles={SAID: [[0, "x"]]}),
    "terms.js": index({"1234": 0}, titles=["People seen in a clinic, North East London, "
                                           "most deprived"]),
    "other.js": f'const words = "{SAID}";',
    "run.log": f"2025-01-01 INFO {SAID}\n",
    "page.md": "# North East London\n\nPeople seen in a clinic, most deprived: 3\n",
}  # fmt: skip


def parquet(path, count=3, **metadata):
    table = pd.DataFrame({"indicator": ["local-clinics"], "area": ["QMF"], "label": ["fifth 1"],
                          "count": [count]})  # fmt: skip
    table.attrs = metadata
    table.to_parquet(path)


def workbook(path, cells, shared=()):
    """A workbook as few parts as it can be: shared strings, and one sheet of these cells."""
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    strings = "".join(f"<si><t>{text}</t></si>" for text in shared)
    row = "".join(cells)
    with zipfile.ZipFile(path, "w") as parts:
        parts.writestr("xl/sharedStrings.xml", f"<sst {main}>{strings}</sst>")
        parts.writestr(
            "xl/worksheets/sheet1.xml",
            f'<worksheet {main}><sheetData><row r="1">{row}</row></sheetData></worksheet>',
        )


def paper(path, body, title="A paper"):
    """A PDF set as packs are."""
    words = f'#set document(title: "{title}")\n#set page(height: auto)\n{body}\n'
    path.write_bytes(typst.compile(words.encode()))


def png(path, kind, body):
    """An image that is only a text chunk."""
    chunk = struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk)


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_number_is_found(name, tmp_path):
    (tmp_path / name).write_text(PLANTED[name], encoding="utf-8")
    found = scan(tmp_path, [SECRET])
    assert found, name
    assert all(problem.where.startswith(name) for problem in found)


@pytest.mark.parametrize("name", [n for n in PLANTED if SAID in PLANTED[n]])
def test_the_symbol_in_its_place_is_not(name, tmp_path):
    (tmp_path / name).write_text(PLANTED[name].replace(SAID, SAFE), encoding="utf-8")
    assert scan(tmp_path, [SECRET]) == []


def test_in_parquet_it_is_found_in_rows_and_in_metadata(tmp_path):
    parquet(tmp_path / "rows.parquet")
    parquet(tmp_path / "about.parquet", count=500, note=SAID)
    parquet(tmp_path / "safe.parquet", count=500)
    assert [problem.where for problem in scan(tmp_path, [SECRET])] == [
        "about.parquet, metadata", "rows.parquet, row 1",
    ]  # fmt: skip


def test_in_a_workbook_it_is_found_among_shared_and_inline_texts(tmp_path):
    words = ["People seen in a clinic", "QMF", "fifth 1"]
    shared = [f'<c t="s"><v>{place}</v></c>' for place in range(3)]
    workbook(tmp_path / "shared.xlsx", [*shared, "<c><v>3</v></c>"], words)
    inline = [f'<c t="inlineStr"><is><t>{word}</t></is></c>' for word in words]
    workbook(tmp_path / "inline.xlsx", [*inline, "<c><v>3</v></c>"])
    workbook(tmp_path / "safe.xlsx", [*shared, "<c><v>500</v></c>"], words)
    assert [problem.where for problem in scan(tmp_path, [SECRET])] == [
        "inline.xlsx, xl/worksheets/sheet1.xml, row 1",
        "shared.xlsx, xl/worksheets/sheet1.xml, row 1",
    ]


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("A paper", SAID),
        (
            "North East London",
            "= People seen in a clinic\n\n#table(columns: 2, [Most deprived], [3])",
        ),
        (SAID, "Nothing."),
        ("A paper", f"= Clinics in 2025/26\n\n{SAID[:-1]}1,234"),
    ],
)
def test_in_a_paper_it_is_found_on_its_pages_and_in_its_properties(tmp_path, title, body):
    paper(tmp_path / "pack.pdf", body, title)
    assert {found.where.partition(",")[0] for found in scan(tmp_path, [SECRET])} == {"pack.pdf"}


def test_a_paper_with_the_symbol_in_its_place_passes(tmp_path):
    paper(tmp_path / "pack.pdf", f"{SAFE}\n\n4 of 30 others")
    assert scan(tmp_path, [SECRET]) == []


def test_in_an_image_it_is_found_in_its_texts(tmp_path):
    said = SAID.encode()
    png(tmp_path / "plain.png", b"tEXt", b"Title\0" + said)
    png(tmp_path / "packed.png", b"zTXt", b"Title\0\0" + zlib.compress(said))
    png(tmp_path / "safe.png", b"tEXt", b"Title\0" + SAFE.encode())
    assert [problem.where for problem in scan(tmp_path, [SECRET])] == [
        "packed.png, zTXt", "plain.png, tEXt",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [
        "People seen in a clinic, North East London, least deprived: 3",
        "People seen in a clinic, South East London, most deprived: 3",
        "People seen in a clinic, North East London, most deprived: 30",
        "People seen in a clinic, North East London, most deprived: 13",
        "People seen in a clinic, North East London, most deprived: 3.5",
        "3 people were seen elsewhere",
    ],
)
def test_another_thing_or_another_number_is_no_secret(words, tmp_path):
    (tmp_path / "page.html").write_text(html(f"<p>{words}</p>"), encoding="utf-8")
    assert scan(tmp_path, [SECRET]) == []


def test_the_number_of_the_group_itself_gives_nothing_away(tmp_path):
    mine = Secret((frozenset({"qmf"}), frozenset({"3", "fifth 3"})), frozenset({"3"}))
    (tmp_path / "a.csv").write_text("area,group,count\nQMF,3,50\n")
    assert scan(tmp_path, [mine]) == []
    (tmp_path / "a.csv").write_text("area,group,count\nQMF,3,3\n")
    assert len(scan(tmp_path, [mine])) == 1


def test_a_kind_that_cannot_be_looked_into_is_refused_while_there_is_anything_to_hide(tmp_path):
    (tmp_path / "film.mp4").write_bytes(b"ftyp")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "broken.xlsx").write_bytes(b"PK")
    found = scan(tmp_path, [SECRET])
    assert [problem.where for problem in found] == ["broken.pdf", "broken.xlsx", "film.mp4"]
    assert all("cannot be looked into" in problem.what for problem in found)
    assert scan(tmp_path, []) == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("alt.html", html(f'<img alt="{SAFE[:-5]}: [c]; 2: 70.3%; 3: 66.5%">')),
        ("fifths.html", html(f"<p>{SAFE}; fifth 3: 66.5%</p>")),
        ("table.ipynb", notebook(outputs=[{"data": {"text/html": [
            TABLE.format("[c]").replace("</tbody>", "<tr><th>all</th><td>3</td></tr></tbody>")
        ]}}])),
        ("row.csv", "local-clinics 1 the most deprived\nlocal-clinics,QMF,fifth 3,3,51.5\n"),
    ],
)  # fmt: skip
def test_the_number_of_another_group_or_row_is_no_secret(tmp_path, name, content):
    mine = secret(
        [["local-clinics", "People seen in a clinic"], ["QMF", "North East London"],
         ["1", "fifth 1", "most deprived"]],
        [3], 100 * 3 / 48,
    )  # fmt: skip
    (tmp_path / name).write_text(content, encoding="utf-8")
    if name == "row.csv":
        mine = secret([["local-clinics"], ["QMF"], ["1", "fifth 1"]], [3], 100 * 3 / 48)
    assert scan(tmp_path, [mine]) == []


def test_the_error_says_where_and_what_and_never_the_number(tmp_path):
    (tmp_path / "page.html").write_text(PLANTED["thousands.html"], encoding="utf-8")
    with pytest.raises(LeakError) as raised:
        check([tmp_path], [SECRET])
    words = str(raised.value)
    assert raised.value.exit_code == 11
    assert "page.html, a p: a number of" in words
    assert "north east london" in words
    assert "1234" not in words.replace(",", "")
    check([tmp_path / "elsewhere"], [SECRET])


def test_numbers_are_compared_as_they_are_meant():
    assert numbers("1,234 and 5.50, or 7. R1H 2025-26 x9") == {"1234", "5.5", "7", "2025", "26"}


def test_every_kind_of_file_an_edition_has_is_known(tmp_path):
    assert {
        ".html",
        ".svg",
        ".json",
        ".ipynb",
        ".csv",
        ".parquet",
        ".js",
        ".xlsx",
        ".pdf",
        ".log",
    } <= set(READERS)
