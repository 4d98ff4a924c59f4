"""The publisher's own files make the bundled series, byte for byte, and England's known figures."""

import pytest

from oversight_lib.intake import DATA
from oversight_lib.intake.arrivals import intake
from oversight_lib.intake.families import Family, family
from oversight_lib.intake.series import load_series, take_in
from tests.conftest import SHARED
from tests.intake.published import snapshot

FOLDER = SHARED / "publications"
pytestmark = pytest.mark.publisher


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    data = tmp_path_factory.mktemp("series")
    names = [
        "emergency-care/icb_accident_emergency_monthly.csv",
        "emergency-care/June-2025-AE-by-provider.xlsx",
        "qof/qof2425_icb_indicators_long.csv",
        "gp-patient-survey/gpps2025_icb_long.csv",
        "mental-health/physical-health-checks-smi.xlsx",
        "trends/icb_yearly_metrics_2012_2023.csv",
    ]
    monthly = sorted((FOLDER / "emergency-care").glob("Monthly-AE-*.csv"))
    # By the verb for all files, which knows them by their headers.
    intake([*monthly, *(FOLDER / name for name in names)], data)
    return data


def test_the_published_files_make_the_bundled_series(made):
    bundled = snapshot(DATA / "series")
    del bundled["exclusions.toml"]
    assert snapshot(made / "series") == bundled


OF_ANOTHER_FAMILY = ("nof/",)
READ_FROM_A_FOLDER = ("deprivation/", "health-index/", "qof/qof2425_icb_prevalence", "cancer/")
"""The folders that hold no series; and what only `oversight breakdowns FOLDER` knows, or nobody."""


def test_every_published_file_is_of_the_family_it_should_be():
    published = sorted(path for path in FOLDER.rglob("*") if path.suffix in (".csv", ".xlsx"))
    places = {path: path.relative_to(FOLDER).as_posix() for path in published}
    expected = {
        place
        for place in places.values()
        if not place.startswith((*OF_ANOTHER_FAMILY, *READ_FROM_A_FOLDER))
        and not place.endswith("configuration.csv")
    }
    assert {places[path] for path in published if family(path) is Family.SERIES} == expected
    assert len(expected) > 15


def england(rows, measure, period):
    return rows.set_index(["measure", "area", "period"]).loc[(measure, "ENG", period)]


@pytest.mark.parametrize(("period", "percent"), [("2025-06", 75.55), ("2024-12", 71.12)])
def test_england_s_four_hour_percentage_is_the_published_one(made, period, percent):
    assert round(england(load_series(made), "ae-4-hour", period)["value"], 2) == percent


def test_england_s_health_checks_are_the_published_ones(made):
    found = england(load_series(made), "smi-checks-quarterly", "2023-24-q4")
    assert (found["numerator"], found["denominator"]) == (361_210, 527_556)


def test_providers_summed_to_boards_are_the_publisher_s_systems(made, tmp_path):
    take_in([FOLDER / "emergency-care" / "June-2025-AE-by-provider.xlsx"], tmp_path)
    columns = ["measure", "area", "period", "numerator", "denominator"]
    systems, ours = load_series(tmp_path)[columns], load_series(made)[columns]
    both = systems.merge(ours, on=columns)
    assert len(both) == len(systems) == 2 * 43
