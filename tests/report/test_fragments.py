from oversight_lib.report.fragments import notice, paragraphs


def test_every_character_is_shown_and_none_is_obeyed():
    shown = paragraphs("<script>alert(1)</script> & \"quoted\" 'words'")._repr_html_()
    assert "<script" not in shown
    assert "&lt;script&gt;" in shown
    assert "&amp;" in shown


def test_a_paragraph_that_says_nothing_is_left_out():
    assert paragraphs("one", "", "two").paragraphs == ("one", "two")


def test_a_fragment_reads_as_its_words():
    assert repr(paragraphs("one", "two")) == "one\n\ntwo"


def test_a_notice_can_be_told_from_narrative():
    assert 'class="notice"' in notice("not loaded")._repr_html_()
    assert 'class="narrative"' in paragraphs("text")._repr_html_()
