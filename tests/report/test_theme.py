import xml.etree.ElementTree as ET

import pytest

from oversight_lib.report import theme


@pytest.mark.parametrize(
    ("colour", "ratio"),
    # Published ratios against white, to one decimal: black by definition, the others from
    # the web content accessibility community's tables of the NHS colours.
    [("#000000", 21.0), ("#ffffff", 1.0), ("#005EB8", 6.4), ("#41B6E6", 2.3), ("#330072", 15.2)],
)
def test_contrast_is_that_of_wcag(colour, ratio):
    assert theme.contrast(colour, theme.WHITE) == pytest.approx(ratio, abs=0.06)
    assert theme.contrast(theme.WHITE, colour) == theme.contrast(colour, theme.WHITE)


@pytest.mark.parametrize("colour", theme.PALETTE)
def test_every_mark_shows_on_white(colour):
    assert theme.contrast(colour, theme.WHITE) >= 3


@pytest.mark.parametrize("colour", [theme.TEXT, theme.GREY])
def test_every_text_shows_on_white(colour):
    assert theme.contrast(colour, theme.WHITE) >= 4.5


@pytest.mark.parametrize("colour", list(theme.SEGMENTS.values()))
def test_text_shows_on_every_segment(colour):
    assert theme.contrast(theme.text_on(colour), colour) >= 4.5


def test_segments_have_colours_of_their_own():
    assert len(set(theme.SEGMENTS.values())) == len(theme.SEGMENTS) == 4


def test_text_is_12_pixels_on_a_telephone_320_pixels_wide():
    pixels_as_drawn = theme.SIZE * 96 / 72
    assert pixels_as_drawn * 320 / (theme.WIDTH * 96) >= 12


def drawn():
    figure = theme.figure(50)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.plot([0, 1], [0, 1], clip_on=True, color=theme.BLUE)
    axes.text(0.5, 0.5, "words & <words>", **theme.LETTERS)
    return theme.svg(figure)


def test_the_same_figure_is_the_same_bytes():
    assert drawn() == drawn()


def test_an_svg_tells_no_date_and_no_maker():
    assert "<dc:date>" not in drawn()
    assert "atplotlib" not in drawn()


def test_text_stays_text_in_letters_every_reader_has():
    texts = [e for e in ET.fromstring(drawn()).iter() if e.tag.endswith("}text")]
    assert [text.text for text in texts] == ["words & <words>"]
    assert "font-family: Arial, Helvetica, sans-serif;" in texts[0].get("style", "")
