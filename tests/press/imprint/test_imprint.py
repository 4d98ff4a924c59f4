"""Who publishes, and by which policies: nothing is released while a word of it is missing."""

import pytest

from oversight_lib.edition import PROSE, publishing
from oversight_lib.errors import CommentaryError
from oversight_lib.periods import Quarter
from oversight_lib.press import imprint, release
from oversight_lib.press.book import Beside
from oversight_lib.press.edition_facts import EditionFacts
from oversight_lib.press.editions.revisions import Entry
from oversight_lib.press.imprint import Imprint
from tests.press.editions.test_revisions import ENTRY

FACTS = EditionFacts(Quarter.parse("2025-26-q3"), "2025-26", commit="c0ffee")
FULL = Imprint(**dict.fromkeys(Imprint.model_fields, "Some words."))


def test_a_field_that_is_empty_is_a_gap_and_so_are_blanks():
    assert list(imprint.gaps(FULL)) == []
    gaps = list(imprint.gaps(FULL.model_copy(update={"contact": " \n"})))
    assert [gap.where for gap in gaps] == ["edition.toml: contact"]
    assert len(list(imprint.gaps(Imprint()))) == len(Imprint.model_fields)


def test_ours_has_its_policies_and_leaves_the_publisher_to_the_publisher():
    ours = imprint.read(PROSE / imprint.NAME)
    missing = {gap.where.split(": ")[1] for gap in imprint.gaps(ours)}
    # Nobody has taken the responsibility of publishing yet; a fork that has fills these in.
    assert missing <= {"publisher", "contact", "address", "repository"}
    assert ours.status.startswith("Independent; not official statistics.")


@pytest.mark.parametrize(
    ("text", "told"),
    [('contact = ["a"]', "contact"), ("contacts = 'a'", "contacts"), ("contact = ", "not TOML")],
)
def test_a_file_that_is_no_imprint_says_why(tmp_path, text, told):
    path = tmp_path / "edition.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(CommentaryError, match=told):
        imprint.read(path)
    assert imprint.read(tmp_path / "none.toml") == Imprint()


def test_every_policy_has_a_page_and_what_is_not_written_says_so():
    made = imprint.pages(Imprint(), (), FACTS)
    assert tuple(made) == imprint.PAGES
    assert all(text.startswith("# ") for text in made.values())
    assert all("Not written yet" in text for text in made.values())
    assert "No published figure has been revised or corrected." in made["revisions"]
    assert "not released; a draft" in made["status"]
    full = imprint.pages(FULL, (), FACTS)
    assert not any("Not written yet" in text for text in full.values())


def test_what_a_publisher_writes_is_no_html():
    made = imprint.pages(FULL.model_copy(update={"status": "<script>x</script>"}), (), FACTS)
    assert "<script>" not in made["status"]


def test_the_log_says_what_why_when_and_how_much():
    entry = Entry.model_validate(ENTRY)
    page = imprint.pages(FULL, (entry,), FACTS)["revisions"]
    for words in ("2026-03-12", "its average", "a typing error", "from 2.08 to 1.50", "its page",
                  "Correction", "segments: average where org=RAT"):  # fmt: skip
        assert words in page


def test_policies_stand_beside_the_other_pages(tmp_path):
    beside = publishing.with_policies(Beside({"downloads": "# D"}), FACTS, tmp_path)
    assert set(beside.pages) == {"downloads", *imprint.PAGES}


def test_only_what_was_signed_from_a_clean_commit_is_a_release(tmp_path):
    sign_off = release.SignOff.model_validate(
        {"author": "A", "reviewer": "B", "date": "2026-03-12", "tables": "a" * 64,
         "release_at": "2026-03-12T09:30:00+00:00"}, strict=False,
    )  # fmt: skip
    (tmp_path / imprint.NAME).write_text('contact = "Ask us"', "utf-8")
    signed = publishing.as_signed(FACTS, sign_off, "a" * 64, tmp_path)
    assert (signed.released, signed.contact) == ("2026-03-12T09:30:00+00:00", "Ask us")
    others = [
        (FACTS, None, "a" * 64),
        (FACTS, sign_off, "b" * 64),
        (EditionFacts(FACTS.quarter, "2025-26", commit="c0ffee-dirty"), sign_off, "a" * 64),
        (EditionFacts(FACTS.quarter, "2025-26"), sign_off, "a" * 64),
    ]
    for facts, who, digest in others:
        assert publishing.as_signed(facts, who, digest, tmp_path).released == ""
