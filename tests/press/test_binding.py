"""What is bound on from the last time is what would be bound from the start, byte for byte."""

import json
import os
import shutil
from dataclasses import replace
from types import SimpleNamespace

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output
from sphinx.search import js_index

from oversight_lib.errors import BindingError
from oversight_lib.press import binding, book, notebooks
from oversight_lib.press.theme.rereading import tidy_index
from tests.press.conftest import CONFIG, PROSE

pytestmark = pytest.mark.book
SLUGS = (
    "england", "regions/y56", "icbs/qmf", "trusts/r1h", "inequalities", "rules", "back-test",
)  # fmt: skip
NEW_IMAGE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
WORDS = "A picture of nothing."


class Books:
    """A small edition that is bound again and again in one folder."""

    def __init__(self, made, edition, folder):
        self.results = {r.page.slug: r for r in made.results if r.page.slug in SLUGS}
        self.edition, self.folder, self.count = edition, folder, 0
        self.prose = shutil.copytree(PROSE, folder / "prose")

    def bind(self, out="on"):
        index = book.bind(
            list(self.results.values()), out=self.folder / out, prose=self.prose,
            config=CONFIG, edition=self.edition,
        )  # fmt: skip
        return contents(index.parent)

    def afresh(self):
        self.count += 1
        return self.bind(f"afresh-{self.count}")

    def edit(self, slug, *cells):
        """Give a page's notebook other cells, in front of those it has."""
        notebook = notebooks.read(self.results[slug].notebook)
        for cell in cells:
            notebook.cells.insert(1, cell)
        self.count += 1
        place = notebooks.write(notebook, self.folder / "edited" / f"{self.count}.ipynb")
        self.results[slug] = replace(self.results[slug], notebook=place)


def contents(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def books(made, edition, tmp_path):
    return Books(made, edition, tmp_path)


@pytest.fixture
def reread(monkeypatch):
    """The pages each run of Jupyter Book was told to read again; none for one from the start."""
    told = []
    run = binding._run

    def listen(staged, *others):
        told.append(json.loads((staged / binding.AGAIN).read_text()))
        run(staged, *others)

    monkeypatch.setattr(binding, "_run", listen)
    return told


def picture(image):
    output = new_output(
        "display_data", {"image/svg+xml": image}, metadata={"image/svg+xml": {"alt": WORDS}}
    )
    return new_code_cell("draw()", outputs=[output], metadata={"mystnb": {"image": {"alt": WORDS}}})


def test_a_book_bound_on_is_the_book_bound_afresh(books, reread):
    books.bind()
    assert books.bind() == books.afresh()
    assert reread == [[], []]  # from the start here, and there; not the second time
    books.edit("trusts/r1h", new_markdown_cell("Quicksilver, a word of its own."))
    books.edit("england", picture(NEW_IMAGE))
    on = books.bind()
    assert reread[2:] == [["england", "trusts/r1h"]]
    assert b"Quicksilver" in on["trusts/r1h.html"]
    assert b"quicksilv" in on["searchindex.js"]
    assert on == books.afresh()
    # An image that nobody shows any more is gone, and so is a word nobody says.
    books.edit("england", picture(NEW_IMAGE.replace("9", "8")))
    assert books.bind() == books.afresh()


def test_what_stands_around_all_pages_binds_all_of_them(books, reread):
    books.bind()
    page = books.results["trusts/r1h"].page
    books.results["trusts/r1h"] = replace(
        books.results["trusts/r1h"], page=replace(page, title="Another name")
    )
    assert books.bind() == books.afresh()
    heading = (books.prose / "how-to-read.md").read_text().replace("# How", "# Now how", 1)
    (books.prose / "how-to-read.md").write_text(heading)
    assert books.bind() == books.afresh()
    assert reread == [[]] * 5


def test_a_clock_set_back_hides_no_change(books):
    books.bind()
    for path in (books.folder / "on" / "binding").rglob("*"):
        os.utime(path, (4e9, 4e9))  # it was in the year 2096 when it was built
    books.edit("trusts/r1h", new_markdown_cell("Quicksilver."))
    assert books.bind() == books.afresh()


@pytest.mark.parametrize("kind", ["*.html", "*.doctree", "environment.pickle"])
def test_what_was_built_is_built_again_if_a_byte_of_it_was_flipped(books, reread, kind):
    right = books.bind()
    flipped = next((books.folder / "on" / "binding").rglob(kind))
    content = bytearray(flipped.read_bytes())
    content[len(content) // 2] ^= 1
    flipped.write_bytes(content)
    assert books.bind() == right
    assert reread == [[], []]


def test_what_was_begun_and_not_ended_is_not_gone_on_with(books, reread):
    right, before = books.bind(), books.results["trusts/r1h"]
    books.edit("trusts/r1h", new_markdown_cell("[nowhere](gone.md)"))
    with pytest.raises(BindingError, match=r"gone\.md"):
        books.bind()
    books.results["trusts/r1h"] = before
    assert books.bind() == right
    assert reread == [[], ["trusts/r1h"], []]


def test_a_heading_in_the_search_index_is_words_and_no_markup(tmp_path):
    path = tmp_path / "searchindex.js"
    headings = {"<img src=x onerror=alert(1)>": [[0, "a"]], "A&E waits": [[0, "b"]]}
    index = {"alltitles": headings, "terms": {"gone": [], "waits": 0}, "titleterms": {}}
    for _ in range(2):  # what is done once is not done again
        path.write_text(js_index.dumps(index), encoding="utf-8")
        tidy_index(SimpleNamespace(outdir=tmp_path), None)
        index = js_index.loads(path.read_text("utf-8"))
        inert = "&lt;img src=x onerror=alert(1)&gt;"
        assert index["alltitles"] == {inert: [[0, "a"]], "A&E waits": [[0, "b"]]}
        assert index["terms"] == {"waits": 0}
