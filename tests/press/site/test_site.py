"""The site: stable addresses, an index, the newest, a feed; no silent change gets in."""

import base64
import hashlib
import json
import re
import xml.etree.ElementTree as ET
from datetime import UTC, datetime

import pytest

from oversight_lib.edition import publishing
from oversight_lib.errors import ReleaseError
from oversight_lib.press import folders, site
from oversight_lib.press.imprint import Imprint
from oversight_lib.press.site import feed
from oversight_lib.press.site.plain_page import page, paragraph
from tests.press.editions.shelf import RELEASED, put, tables, with_average

ATOM = "{http://www.w3.org/2005/Atom}"
NOW = datetime(2026, 4, 1, tzinfo=UTC)
Q2, Q3 = "2025-26-q2", "2025-26-q3"


@pytest.fixture
def gathered(tmp_path):
    """A site of a release and, after it, a draft."""
    built = [
        put(tmp_path / "a", quarter=Q2, released=RELEASED),
        put(tmp_path / "b", quarter=Q3),
    ]
    return site.gather(built, tmp_path / "site", Imprint()), tmp_path / "site"


def test_editions_stand_at_their_quarter_and_the_index_leads_to_all(gathered):
    made, folder = gathered
    assert made.index == folder / "index.html"
    index = made.index.read_text("utf-8")
    for quarter in (Q2, Q3):
        assert f'href="{quarter}/england.html"' in index
        assert f'href="{quarter}/downloads.html"' in index
    assert f'href="changes/{Q2}--{Q3}.html"' in index
    assert index.index(f'"{Q3}/england') < index.rindex(f'"{Q2}/england')
    assert "not released" in index


def test_every_link_of_the_site_leads_somewhere_without_a_server(gathered):
    _, folder = gathered
    pages = [
        path for path in folder.rglob("*.html") if path.parent.name in ("site", "latest", "changes")
    ]
    assert len(pages) == 3
    for path in pages:
        for target in re.findall(r'(?:href|url)="?=?([^"#>]+)', path.read_text("utf-8")):
            assert "//" not in target
            assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_the_newest_is_the_newest_release_and_works_without_a_script(gathered, tmp_path):
    made, folder = gathered
    latest = (folder / "latest" / "index.html").read_text("utf-8")
    assert str(made.newest.quarter) == Q2
    assert f'content="0; url=../{Q2}/england.html"' in latest
    assert f'<a href="../{Q2}/england.html">' in latest
    # Before anything is released there is still a newest.
    drafts = site.gather([put(tmp_path / "c", quarter=Q3)], tmp_path / "drafts", Imprint())
    assert str(drafts.newest.quarter) == Q3


def test_machines_are_told_the_same(gathered):
    _, folder = gathered
    told = json.loads((folder / "editions.json").read_text("utf-8"))
    assert told["latest"] == Q2
    assert [one["quarter"] for one in told["editions"]] == [Q3, Q2]
    for one in told["editions"]:
        assert (folder / one["path"]).exists()
        assert (folder / one["edition"]).exists()


def test_the_feed_has_what_atom_asks_of_a_feed_and_releases_only(gathered):
    _, folder = gathered
    root = ET.fromstring((folder / "feed.xml").read_text("utf-8"))
    for name in ("title", "id", "updated", "author"):
        assert root.find(f"{ATOM}{name}") is not None
    (entry,) = root.findall(f"{ATOM}entry")
    for name in ("title", "id", "updated", "summary", "link"):
        assert entry.find(f"{ATOM}{name}") is not None
    assert entry.findtext(f"{ATOM}updated") == RELEASED == root.findtext(f"{ATOM}updated")


def test_names_in_the_feed_stay_and_addresses_are_whole_where_one_is_recorded(tmp_path):
    one = put(tmp_path / "a", quarter=Q2, released=RELEASED)
    there = Imprint(address="https://example.org/nof/", publisher="A & B")
    made = feed.feed([one], there)
    assert 'href="https://example.org/nof/2025-26-q2/index.html"' in made
    assert "A &amp; B" in made
    ids = [re.findall("<id>(.*?)</id>", feed.feed([one], who)) for who in (there, there, Imprint())]
    assert ids[0] == ids[1]
    assert not set(ids[0]) & set(ids[2])
    assert len(set(ids[0])) == 2


def test_an_edition_is_replaced_as_a_whole_and_others_stay(gathered, tmp_path):
    _, folder = gathered
    again = put(tmp_path / "d", quarter=Q3, pages=[("method", "")], commit="decade")
    site.gather([again], folder, Imprint())
    assert (folder / Q3 / "method.html").exists()
    assert (folder / Q2 / "england.html").exists()
    site.gather([put(tmp_path / "e", quarter=Q3)], folder, Imprint())
    assert not (folder / Q3 / "method.html").exists()


def test_a_draft_replaces_no_release(gathered, tmp_path):
    _, folder = gathered
    with pytest.raises(ReleaseError, match="draft"):
        site.gather([put(tmp_path / "d", quarter=Q2)], folder, Imprint())


def test_a_folder_of_somebody_else_is_not_emptied(tmp_path):
    mine = tmp_path / "site" / Q3
    mine.mkdir(parents=True)
    (mine / "precious.txt").write_text("x", "utf-8")
    with pytest.raises(folders.PageError):
        site.gather([put(tmp_path / "a")], tmp_path / "site", Imprint())
    assert (mine / "precious.txt").exists()


def test_a_planted_silent_change_is_not_published_and_one_in_the_log_is(tmp_path):
    to, prose = tmp_path / "site", tmp_path / "book"
    prose.mkdir()
    first = put(tmp_path / "a", released=RELEASED)
    publishing.publish([tmp_path / "a"], to=to, prose=prose, now=NOW)
    put(tmp_path / "b", with_average(tables(), "RAT", 1.5), released=RELEASED)

    def again():
        return publishing.publish([tmp_path / "b"], to=to, prose=prose, now=NOW)

    with pytest.raises(ReleaseError, match=r"segments\.average: 1 published figures change"):
        again()
    assert (
        publishing.lacking(first.quarter, with_average(tables(), "RAT", 1.5), prose, published=to)[
            -1
        ].where
        == "segments.average"
    )
    (prose / "revisions.toml").write_text(
        f'[[entry]]\nquarter = "{Q3}"\nreplaces = "{first.digest}"\ntable = "segments"\n'
        'columns = ["average"]\nwhere = {org = "RAT"}\nfigures = 1\nkind = "correction"\n'
        'what = "w"\nwhy = "y"\nsize = "s"\npages = "p"\nauthor = "a"\ndate = 2026-03-12\n',
        "utf-8",
    )
    again()
    # And now the corrected edition is the one that may not change silently.
    again()
    with pytest.raises(ReleaseError, match=r"segments\.average"):
        publishing.publish([tmp_path / "a"], to=to, prose=prose, now=NOW)


def test_an_edition_under_embargo_is_not_published(tmp_path):
    put(tmp_path / "a", released="2026-05-01T09:30:00+00:00")
    with pytest.raises(ReleaseError, match="embargo"):
        publishing.publish([tmp_path / "a"], to=tmp_path / "site", prose=tmp_path, now=NOW)
    assert not (tmp_path / "site").exists()


def test_a_page_of_the_site_is_one_main_with_a_heading_a_language_and_no_request():
    made = page("A & B", [paragraph("<b>")], status="Independent")
    assert '<html lang="en-GB">' in made
    assert made.count("<h1>") == made.count("<main>") == 1
    assert "<title>A &amp; B</title>" in made
    assert "&lt;b&gt;" in made
    assert "//" not in made


def test_a_page_of_the_site_allows_its_own_style_and_nothing_else():
    text = page("A title", [paragraph("Words.")], status="A status")
    (style,) = re.findall(r"<style>(.*)</style>", text)
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]+)"', text)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'; ")


def test_the_same_page_of_the_quarter_before_and_after_is_linked(tmp_path):
    built = [put(tmp_path / name, quarter=quarter) for name, quarter in (("a", Q2), ("b", Q3))]
    for one in built:
        (one.html / "england.html").write_text("<!--quarters england--><!--/quarters-->", "utf-8")
    site.gather(built, tmp_path / "site", Imprint())
    text = (tmp_path / "site" / Q3 / "england.html").read_text("utf-8")
    assert f'href="../{Q2}/england.html"' in text
