"""What the end of every page says about how it was made."""

from oversight_lib.press.provenance import block


def test_it_names_template_parameters_rules_code_and_every_file(plan, edition):
    trust = next(page for page in plan if page.slug == "trusts/rrk")
    text = block(trust, edition)
    for words in (
        "## How this page was made",
        "templates/trust.ipynb",
        "code = RRK, quarter = 2025-26-q1",
        "Q1 2025/26",
        "the framework of 2025/26",
        "c0ffee",
        "1 data file,",
        "data/b.csv",
        "b" * 64,
    ):
        assert words in text


def test_it_says_nothing_of_where_it_was_made(plan, edition):
    for page in plan:
        assert str(page.template.parent.parent) not in block(page, edition)
