"""A page's sidebar grows with its region and not with the book."""

from oversight_lib.press.theme.navigation import Navigation


def edition(regions, trusts):
    """A navigation with as many regions, and as many trusts in each."""
    pages = [{"slug": "england", "title": "England", "above": None, "listed": False}]
    for region in range(regions):
        slug = f"regions/{region}"
        pages.append({"slug": slug, "title": slug, "above": "england", "listed": True})
        pages += [
            {"slug": f"trusts/{region}-{n}", "title": f"{n}", "above": slug, "listed": False}
            for n in range(trusts)
        ]
    pages.append({"slug": "back-test", "title": "Back-test", "above": None, "listed": False})
    return Navigation.of(
        {
            "title": "x",
            "quarter": "Q1 2025/26",
            "front": "england",
            "pages": pages,
            "parts": [{"caption": "About", "pages": ["how-to-read", "back-test"]}],
            "folders": ["regions", "trusts"],
        }
    )


def count(branches):
    return sum(1 + count(branch.below) for branch in branches)


def test_a_trust_is_shown_its_region_and_the_names_of_the_others():
    assert count(edition(7, 30).branches("trusts/3-5")) == 7 + 30
    assert count(edition(7, 30).branches("regions/3")) == 7 + 30


def test_england_and_the_prose_are_shown_the_regions_only():
    assert count(edition(7, 30).branches("england")) == 7
    assert count(edition(7, 30).branches("how-to-read")) == 7
    assert count(edition(7, 30).branches("back-test")) == 7


def test_the_trail_leads_down_from_england():
    navigation = edition(2, 1)
    assert navigation.trail("trusts/1-0") == [("england", "England"), ("regions/1", "regions/1")]
    assert navigation.trail("how-to-read") == [("england", "England")]
    assert navigation.trail("back-test") == [("england", "England")]
    assert navigation.trail("england") == []
