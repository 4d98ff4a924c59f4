"""Findings: counted again in loops, in the order of a headline, each with where it was found."""

from collections import Counter
from math import floor

import pandas as pd
import pytest

from oversight_lib.frames import (
    AREA_INEQUALITIES,
    DRIVERS,
    FINDINGS,
    FIRMNESS,
    FRAMES,
    MOVEMENT,
    RANGES,
    SENSITIVITY,
)
from oversight_lib.method.findings import KINDS, SECTIONS, findings
from oversight_lib.method.findings.peers import places
from oversight_lib.method.findings.series import season_apart
from oversight_lib.method.findings.sure import near_a_cut
from oversight_lib.method.firmness import QUARTERLY, RESAMPLED
from oversight_lib.periods import FrameworkYear
from oversight_lib.rules import load_framework
from tests.method import quarters
from tests.report.pages import QUARTERS, opened


@pytest.fixture(params=QUARTERS)
def assessed(request):
    return opened(request.param)


@pytest.fixture
def found(assessed):
    return assessed.table(FINDINGS)


def value(found, page, code, kind, item="all", column="value"):
    rows = found[
        found["page"].eq(page) & found["code"].eq(code) & found["kind"].eq(kind)
        & found["item"].eq(item)
    ]  # fmt: skip
    assert len(rows) == 1
    return rows[column].iloc[0]


def trusts(assessed):
    """The overall results of each trust with where it is counted, as plain rows."""
    return (
        assessed.overall.astype("object").where(assessed.overall.notna(), None).to_dict("records")
    )


def areas(rows):
    yield "england", "england", rows
    for name in ("region", "icb"):
        for code in sorted({row[name] for row in rows}):
            yield name, code, [row for row in rows if row[name] == code]


def test_every_kind_has_a_section_and_a_table_and_places_follow_the_headline(found):
    assert set(found["kind"]) <= set(KINDS)
    assert list(dict.fromkeys(kind.section for kind in KINDS.values())) == list(SECTIONS)
    assert set(found["table"]) <= set(FRAMES)
    ordered = found.drop_duplicates("section").sort_values("place")["section"].tolist()
    assert ordered == [section for section in SECTIONS if section in ordered]


def test_every_finding_names_a_column_of_its_table(found):
    for table, column in found[["table", "column"]].drop_duplicates().itertuples(index=False):
        assert column in FRAMES[table].names


def test_who_is_overridden_is_counted_again(assessed, found):
    for page, code, rows in areas(trusts(assessed)):
        bitten = [
            row for row in rows
            if row["adjusted"] is not None and row["adjusted"] != row["unadjusted"]
        ]  # fmt: skip
        assert value(found, page, code, "override_bites") == len(bitten)
        assert value(found, page, code, "override_bites", column="n") == len(rows)
        for segment in (1, 2, 3, 4):
            alone = sum(row["unadjusted"] == segment for row in bitten)
            assert value(found, page, code, "by_score_alone", str(segment)) == alone


def test_moves_and_clear_changes_are_counted_again(assessed, found):
    moves = {row["org"]: row for row in assessed.table(MOVEMENT).to_dict("records")}
    if not moves:
        assert not found["kind"].isin(["segment_changed", "change_clear"]).any()
        return
    for page, code, rows in areas(trusts(assessed)):
        mine = [moves[row["org"]] for row in rows if row["org"] in moves]
        if not mine:
            continue
        changed = [m for m in mine if m["adjusted_before"] != m["adjusted_after"]]
        smaller = [m for m in changed if m["adjusted_after"] < m["adjusted_before"]]
        clear = [m for m in mine if m["clear"]]
        assert value(found, page, code, "segment_changed") == len(changed)
        assert value(found, page, code, "segment_changed", "smaller number") == len(smaller)
        assert value(found, page, code, "change_clear") == len(clear)
        assert value(found, page, code, "change_clear_together") <= len(clear)
        assert value(found, page, code, "change_expected") == pytest.approx(0.05 * len(mine))


def test_a_clear_change_of_a_trust_is_that_of_its_movement(assessed, found):
    for move in assessed.table(MOVEMENT).to_dict("records"):
        of = {c: value(found, "trust", move["org"], "change_in_average", column=c)
              for c in ("strength", "licence", "direction", "value")}  # fmt: skip
        assert (of["strength"] == "clear") == bool(move["clear"])
        assert (of["licence"] == "changed") == bool(move["clear"])
        assert of["value"] == pytest.approx(move["change"], abs=0.0011)
        if move["clear"]:
            assert of["direction"] == ("nearer 1" if move["change"] < 0 else "further from 1")


def test_the_cut_ahead_is_that_of_the_sensitivities(assessed, found):
    for row in assessed.table(SENSITIVITY).dropna(subset=["above_better_cut"]).to_dict("records"):
        assert value(found, "trust", row["org"], "next_cut") == row["above_better_cut"]


def test_verbs_are_licensed_by_charts_and_clear_intervals_alone(found):
    licensed = found[found["licence"].ne("none")]
    assert set(licensed["kind"]) <= {"series", "change_in_average", "change_common", "gap_change"}
    assert licensed["strength"].eq("clear").all()
    assert set(found.loc[found["kind"].eq("series"), "licence"]) <= {
        "improved", "deteriorated", "none",
    }  # fmt: skip


def test_the_two_parts_of_a_change_are_the_change(assessed, found):
    terms = assessed.table(DRIVERS)
    others = terms[terms["kind"].isin(["came", "went", "weight"])]
    moved = others.groupby("org")["contribution"].sum().round(3)
    mine = found[found["kind"].eq("change_composition")].set_index("code")["value"]
    assert mine.to_dict() == pytest.approx(moved[moved.ne(0)].to_dict())
    for org, other in mine.items():
        whole = value(found, "trust", org, "change_in_average")
        assert value(found, "trust", org, "change_common") == pytest.approx(whole - other)


def test_both_cuts_beside_a_trust_are_found(assessed, found):
    near = assessed.table(SENSITIVITY).set_index("org")
    for kind, column in (("next_cut", "above_better_cut"), ("worse_cut", "below_worse_cut")):
        mine = found[found["kind"].eq(kind)].set_index("code")["value"].sort_index()
        assert mine.to_dict() == pytest.approx(near[column].dropna().to_dict())


def test_values_are_placed_among_their_type_again_in_a_loop(assessed, found):
    better = {metric.id: metric.better for metric in load_framework(FrameworkYear(2025)).metric}
    counted = Counter()
    for row in assessed.observations.to_dict("records"):
        low, high = row["lower_quartile"], row["upper_quartile"]
        bare_count = row["unit"] == "count" and row["metric"] in ("OF0048", "OF0088")
        if pd.isna(low) or better[row["metric"]] == "none" or bare_count:
            continue
        below, above = row["value"] < low, row["value"] > high
        nearer, further = (above, below) if better[row["metric"]] == "higher" else (below, above)
        place = "nearer quarter" if nearer else "further quarter" if further else "middle half"
        counted[row["org"], place] += 1
    mine = found[found["kind"].eq("among_peers")]
    told = mine.set_index(["code", "item"])["value"]
    assert {key: value for key, value in told.items() if value} == dict(counted)
    sums = mine.groupby("code").agg({"value": "sum", "n": "first"})
    assert sums["value"].eq(sums["n"]).all()
    assert mine["licence"].eq("none").all()


def test_a_value_equal_to_a_quartile_is_in_the_middle_half(assessed):
    rows = assessed.observations.dropna(subset=["lower_quartile"]).head(40)
    for end in ("lower_quartile", "upper_quartile"):
        placed = places(rows.assign(value=rows[end]), load_framework(FrameworkYear(2025)))
        assert placed["place"].eq("middle half").all()


def test_the_boards_that_are_charted_are_those_with_findings(found):
    for measure in found.loc[found["kind"].eq("series"), "item"].unique():
        mine = found[found["kind"].eq("series") & found["item"].eq(measure)]
        boards = mine[mine["page"].eq("icb")]
        assert value(found, "england", "england", "boards_charted", measure) == len(boards)
        signalled = int(boards["licence"].ne("none").sum())
        assert value(found, "england", "england", "boards_signalled", measure) == signalled


def test_a_gap_is_clear_if_its_interval_leaves_out_0(found):
    gaps = found[found["kind"].eq("gap")]
    assert len(gaps) > 40
    assert gaps.loc[gaps["strength"].eq("not clear"), "direction"].isna().all()
    clear = gaps[gaps["strength"].eq("clear")]
    worse = clear["direction"].eq("most deprived worse off")
    assert (worse == clear["value"].gt(0)).all()


def test_without_series_ranges_and_a_final_segment_the_others_are_found():
    rules = quarters.FRAMEWORK
    final = rules.final.model_copy(update={"segment": None})
    found = findings(quarters.assessed(), rules.model_copy(update={"final": final}))
    assert len(found)
    assert "override_bites" in set(found["kind"])
    assert not {"in_final_segment", "watched"} & set(found["kind"])


@pytest.mark.parametrize(("months", "apart"), [(25, 12.0), (23, None)])
def test_a_season_is_told_apart_from_two_years_on(months, apart):
    recorded = pd.Series(
        [float(n) for n in range(months)], pd.period_range("2023-01", periods=months, freq="M")
    )
    assert season_apart(recorded) == apart


def test_a_range_crosses_a_cut_where_its_printed_ends_lie_on_two_sides(assessed):
    found = findings(assessed, load_framework(FrameworkYear(2025)))
    kinds = assessed.organisations.set_index("org")["trust_type"]
    cuts = assessed.cuts.query("scope == 'overall'")["cut"].tolist()
    crossing, every = Counter(), Counter()
    for row in assessed.table(RANGES).to_dict("records"):
        low, high = (
            floor(row[f"average_{end}"] * 100 + 0.5 + 1e-9) / 100 for end in ("low", "high")
        )
        every[kinds[row["org"]]] += 1
        crossing[kinds[row["org"]]] += any(low <= cut < high for cut in cuts)
    told = {kind: value(found, "england", "england", "ranges_crossing", kind) for kind in every}
    assert told == crossing
    assert sum(crossing.values())


def test_a_gap_is_clear_where_its_interval_leaves_out_nothing_and_says_which_end_is_worse(assessed):
    found = findings(assessed, load_framework(FrameworkYear(2025)))
    gaps = found[found["kind"].eq("gap")]
    told = {(row["code"], row["item"]): row for row in gaps.to_dict("records")}
    rows = assessed.table(AREA_INEQUALITIES).query("measure == 'gap'").sort_values("order")
    latest = {(row["area"], row["indicator"]): row for row in rows.to_dict("records")}
    for (code, item), finding in told.items():
        row = latest["ENG" if code == "england" else code, item]
        clear = row["low"] > 0 or row["high"] < 0
        assert finding["strength"] == ("clear" if clear else "not clear")
        ends = {True: "most deprived worse off", False: "least deprived worse off"}
        assert (
            pd.isna(finding["direction"])
            if not clear
            else (finding["direction"] == ends[row["value"] > 0])
        )
    assert not told or len({finding["strength"] for finding in told.values()}) == 2


def test_a_finding_from_the_segments_is_of_the_overall_ones(assessed):
    found = findings(assessed, load_framework(FrameworkYear(2025)))
    rows = found[found["table"].eq("segments")]["row"]
    assert len(rows)
    assert rows.str.endswith(", scope=overall").all()


def test_trusts_near_a_cut_are_counted_again(assessed):
    found = findings(assessed, load_framework(FrameworkYear(2025)))
    models = {}
    for row in assessed.table(FIRMNESS).to_dict("records"):
        own = None if pd.isna(row["segment"]) else row[f"p{row['segment']}"]
        models.setdefault(row["org"], {})[row["noise_model"]] = own
    taken = {org: of.get(QUARTERLY, of[RESAMPLED]) for org, of in models.items()}
    for page, code, rows in areas(trusts(assessed)):
        near = sum(taken[row["org"]] < 0.699 for row in rows if taken.get(row["org"]) is not None)
        assert value(found, page, code, "watched") == near
    assert value(found, "england", "england", "watched")


@pytest.mark.parametrize(("chance", "near"), [(0.65, True), (14 / 20, False), (0.75, False)])
def test_a_trust_is_near_a_cut_if_its_own_segment_is_less_than_likely(chance, near):
    row = {"org": "R1", "noise_model": RESAMPLED, "segment": 2, "p1": 1 - chance, "p2": chance}
    firm = quarters.frame(FIRMNESS, [{"quarter": "2025-26-q1", "spread": 0, "quarters": 1, **row}])
    assert near_a_cut(firm).to_dict() == {"R1": near}
