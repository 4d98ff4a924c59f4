"""The book from end to end: whole, linear, the same twice, and plain about what failed."""

import shutil
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from nbformat.v4 import new_markdown_cell

from oversight_lib.errors import BindingError
from oversight_lib.press import book, notebooks
from oversight_lib.press.theme.policy import POLICY
from tests.press.conftest import CONFIG, FAILING, PROSE

pytestmark = pytest.mark.book


class Elements(HTMLParser):
    """All elements of a page as (tag, attributes)."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def all(self, name):
        return [attributes for tag, attributes in self.found if tag == name]


def sidebar(text):
    start = text.index('<nav class="edition-nav"')
    return Elements(text[start : text.index("</nav>", start)])


def pages_of(made):
    html = made.out / "html"
    return {path.relative_to(html).as_posix() for path in html.rglob("*.html")}


def test_the_book_has_every_page_and_no_other(made, plan):
    planned = {f"{page.slug}.html" for page in plan}
    assert pages_of(made) == planned | {"how-to-read.html", "index.html", "search.html"}
    assert made.index == (made.out / "html" / "index.html").resolve()
    assert not (made.out / "binding" / "book").exists()


def test_titles_are_the_pages_and_the_editions(made):
    assert "<title>London &#8212; NHS Oversight Framework, Q1 2025/26</title>" in made.html(
        "regions/y56"
    )


def test_the_failed_page_says_so_and_nothing_old_stands(made):
    text = made.html(FAILING)
    assert "This page could not be made for Q1 2025/26." in text
    assert "It failed in cell 4" in text
    assert "ZeroDivisionError: division by zero" in text
    assert f"failed/{FAILING}.ipynb" in text
    assert "How this page was made" in text


def test_images_have_their_words_and_code_is_not_shown(made):
    text = made.html("trusts/r1h")
    images = [image["alt"] for image in Elements(text).all("img")]
    assert images == ["One bar, which is all there is to see."]
    assert "pictures.note" not in text
    assert "code = &quot;R1H&quot;" not in text


def test_the_sidebar_lists_the_regions_and_the_pages_of_this_one_only(made):
    links = [link["href"] for link in sidebar(made.html("trusts/r1h")).all("a")]
    assert "../regions/y56.html" in links
    assert "../regions/y60.html" in links
    assert "../icbs/qmf.html" in links
    assert "../trusts/rqx.html" in links or "rqx.html" in links
    assert "../how-to-read.html" in links
    assert not [link for link in links if "qhl" in link or "rrk" in link]


def test_england_lists_regions_and_no_more(made):
    links = [link["href"] for link in sidebar(made.html("england")).all("a")]
    # England, two regions, one hand-written page, inequalities, the rules, the back-test
    assert len(links) == 1 + 2 + 1 + 3


def test_breadcrumbs_lead_from_england_to_the_trust(made):
    text = made.html("trusts/r1h")
    start = text.index('<nav class="edition-trail"')
    trail = Elements(text[start : text.index("</nav>", start)])
    assert [link["href"] for link in trail.all("a")] == [
        "../england.html",
        "../regions/y56.html",
        "../icbs/qmf.html",
    ]
    assert trail.all("li")[-1] == {"aria-current": "page"}


def test_the_back_test_stands_among_the_prose_below_england(made):
    text = made.html("back-test")
    start = text.index('<nav class="edition-trail"')
    trail = Elements(text[start : text.index("</nav>", start)])
    assert [link["href"] for link in trail.all("a")] == ["england.html"]
    prose = sidebar(made.html("how-to-read")).all("a")[-4:]
    names = [link["href"].removesuffix(".html") for link in prose]
    assert names == ["#", "inequalities", "rules", "back-test"]


def test_every_page_says_it_is_independent(made):
    for name in pages_of(made) - {"index.html"}:
        assert "It is not a publication of NHS England." in made.html(name.removesuffix(".html"))


def test_the_faults_of_the_theme_are_gone(made):
    text = made.html("england")
    elements = Elements(text)
    scripts = [script.get("src", "") for script in elements.all("script")]
    assert not [src for src in scripts if "thebe" in src or "fontawesome" in src]
    assert "THEBE_JS_URL" not in text
    assert not [src for src in scripts if "searchindex" in src or src.startswith("http")]
    assert all(scripts), "a script stands in the page"
    assert "<style" not in text
    assert elements.all("html")[0]["data-theme"] == "light"
    assert elements.all("html")[0]["lang"] == "en-GB"
    assert not [b for b in elements.all("button") if "theme-switch" in b.get("class", "")]
    # a button or field is named by the words one sees
    assert not [b for b in elements.all("button") if "aria-label" in b]
    labelled = {label["for"] for label in elements.all("label")}
    assert {field["id"] for field in elements.all("input")} == labelled
    assert "@font-face" not in "".join(
        path.read_text("utf-8") for path in (made.out / "html" / "_static").rglob("*.css")
    )
    assert not [link for link in elements.all("link") if "icon" in link.get("rel", "")]


def test_every_page_says_what_it_may_load(made):
    for name in pages_of(made) - {"index.html"}:
        head = made.html(name.removesuffix(".html")).split("</head>")[0]
        policy = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        assert head.count("Content-Security-Policy") == head.count(policy) == 1, name
        # what is loaded before the policy is read is not held to it
        assert head.index(policy) < head.index("<script"), name
        assert head.index(policy) < head.index("<link"), name


def test_ids_are_unique(made):
    for name in pages_of(made):
        found = Elements(made.html(name.removesuffix(".html"))).found
        ids = [attributes["id"] for _, attributes in found if attributes.get("id")]
        assert len(ids) == len(set(ids)), name


def test_two_books_made_in_two_places_are_the_same_bytes(made, made_again):
    one, two = (contents(book.out / "html") for book in (made, made_again))
    # Sphinx's own record of its setup holds a sum of folders' names.
    assert ".buildinfo" not in one
    assert sorted(one) == sorted(two)
    assert [name for name in one if one[name] != two[name]] == []


def contents(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def only(made, *slugs):
    """The results of an edition with these pages alone."""
    return [result for result in made.results if result.page.slug in slugs]


def test_a_book_with_a_warning_is_not_bound_and_no_older_one_stands(made, edition, tmp_path):
    prose = shutil.copytree(PROSE, tmp_path / "prose")
    (prose / "how-to-read.md").write_text("# How to read this\n\n[nowhere](gone.md)\n")
    old = tmp_path / "out" / "html"
    shutil.copytree(made.out / "html", old)
    england = only(made, "england", "inequalities", "rules", "back-test")
    with pytest.raises(BindingError, match=r"how-to-read\.md:3: WARNING: .*gone\.md") as raised:
        book.bind(england, out=tmp_path / "out", prose=prose, config=CONFIG, edition=edition)
    assert raised.value.exit_code == 10
    assert not old.exists()


def with_words(result, folder, words):
    """The result, its notebook another one that says these words as well."""
    notebook = notebooks.read(result.notebook)
    notebook.cells.insert(1, new_markdown_cell(words))
    place = notebooks.write(notebook, folder / result.page.slug)
    return replace(result, notebook=place)


def test_a_part_of_an_edition_binds_and_its_links_to_absent_pages_become_words(
    made, edition, tmp_path
):
    words = '<p>See <a href="../trusts/r1h.html">Barts</a>, <a href="../england.html">all</a>.</p>'
    results = [
        with_words(result, tmp_path, words) if result.page.slug == "regions/y56" else result
        for result in only(made, "england", "regions/y56", "inequalities", "rules", "back-test")
    ]
    book.bind(results, out=tmp_path / "out", prose=PROSE, config=CONFIG, edition=edition)
    text = (tmp_path / "out" / "html" / "regions" / "y56.html").read_text("utf-8")
    assert '<p>See Barts, <a href="../england.html">all</a>.</p>' in text
    assert "r1h" not in text


def test_a_dead_link_that_leads_to_no_organisation_is_told(made, edition, tmp_path):
    results = only(made, "england", "regions/y56", "inequalities", "rules", "back-test")
    results[0] = with_words(results[0], tmp_path, '<p><a href="methud.html">How</a></p>')
    with pytest.raises(BindingError, match=r"england\.html: the link methud\.html leads nowhere"):
        book.bind(results, out=tmp_path / "out", prose=PROSE, config=CONFIG, edition=edition)
    assert not (tmp_path / "out" / "html").exists()
