"""The verbs about rules: in words for people, as JSON for machines."""

import json

from tests.rules.test_overlay import OWN


def test_compare_says_all_nineteen_differences(run):
    code, out, _ = run("rules", "compare", "2025-26", "2026/27")
    assert code == 0
    assert out.count("2025/26: ") == 19
    assert "defined thresholds; the numbers are not known (manual)" in out


def test_compare_as_json_is_json_with_the_evidence(run):
    code, out, _ = run("rules", "compare", "2025-26", "2026-27", "--json")
    told = json.loads(out)
    assert code == 0
    assert [row["number"] for row in told] == list(range(1, 20))
    assert {"old", "new", "old_evidence", "new_evidence"} <= told[0].keys()


def test_show_lists_what_is_not_known_and_ones_own_numbers_shorten_the_list(run):
    _, without, _ = run("rules", "show", "2026-27", "--json")
    code, filled, _ = run("rules", "show", "2026-27", "--rules", OWN, "--json")
    assert code == 0
    before, after = json.loads(without)["not_known"], json.loads(filled)["not_known"]
    assert len(after) < len(before)
    assert not any(line.startswith("cuts") for line in after)


def test_show_prints_the_title_and_every_subject(run):
    code, out, _ = run("rules", "show", "2025-26")
    assert code == 0
    assert "NHS Oversight Framework 2025/26" in out
    assert "High performers" in out
    assert "Not known: " in out


def test_a_quarter_can_be_checked_under_rules_of_ones_own(run, tmp_path):
    own = tmp_path / "own.toml"
    own.write_text("[tolerance]\naverage = 0.0\n")
    assert run("check", "2025-26-q3", "--quiet")[0] == 0
    code, _, err = run("check", "2025-26-q3", "--quiet", "--rules", own)
    assert code == 8
    assert "average of printed scores" in err


def test_a_rules_file_that_is_not_toml_has_its_exit_code(run, tmp_path):
    own = tmp_path / "own.toml"
    own.write_text("[cuts\n")
    code, _, err = run("rules", "show", "2026-27", "--rules", own)
    assert code == 6
    assert "not TOML" in err
