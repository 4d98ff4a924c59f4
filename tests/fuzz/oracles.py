"""Files read a second time, in plain loops: what a reader that accepts a mutant must have found."""

import csv
import io
import re
import tomllib
from pathlib import Path

from openpyxl import load_workbook

from oversight_lib.intake import DATA

TRUST_TYPES = {
    "acute trust": "acute",
    "ambulance trust": "ambulance",
    "non-acute hospital trust": "mental-health-community",
    "mental health and community trust": "mental-health-community",
}
_UNITS = {"%": "percent", "mins": "minutes"}


def plain(text):
    for widthless in "\u00ad\u200b\u200c\u200d\u2060\ufeff":
        text = text.replace(widthless, "")
    return " ".join(text.split())


def table(content):
    """The rows of a file as dictionaries, names in small letters; rows without text left out."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252")
    rows = [[plain(cell) for cell in row] for row in csv.reader(io.StringIO(text, newline=""))]
    names = [name.casefold() for name in rows[0]]
    return [dict(zip(names, row, strict=False)) for row in rows[1:] if any(row)]


def stored(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def number(text):
    """A figure as the publishers write them, in the digits 0 to 9; None if there is none."""
    if not text:
        return None
    if not re.fullmatch(r"[-+]?[0-9]+\.?[0-9]*([eE][-+]?[0-9]+)?", text):
        raise ValueError(f"{text!r} is no number")
    return float(text)


def quarter(text):
    found = re.fullmatch(r"Q([1-4])\s*(?:20)?([0-9]{2})[/-](?:20)?([0-9]{2})", text, re.IGNORECASE)
    if found:
        return f"20{found[2]}-{found[3]}-q{found[1]}"
    found = re.fullmatch(r"(?:20)?([0-9]{2})[-/]([0-9]{2})[\s-]*q([1-4])", text, re.IGNORECASE)
    return f"20{found[1]}-{found[2]}-q{found[3]}" if found else None


# The framework's publications.


def _quarter_of(row, rows):
    if "quarter" in row:
        return quarter(row["quarter"])
    results = {quarter(other["reporting_date"]) for other in rows
               if re.match("OF[45]", other.get("metric_id", "OF4"))}  # fmt: skip
    (only,) = results - {None}
    return only


def figures(content):
    rows = table(content)
    found = {}
    for row in rows:
        if row["value"]:
            key = (_quarter_of(row, rows), TRUST_TYPES[row["trust_type"].casefold()],
                   row["trust_code"], row["metric_id"])  # fmt: skip
            assert key not in found, f"{key} is there twice"
            names = ("value", "median_value", "lower_quartile", "upper_quartile", "rank")
            unit = _UNITS.get(row["units"], row["units"])
            found[key] = (unit, *(number(row[name]) for name in names))
    return found


def stored_figures(data):
    names = ("value", "median", "lower_quartile", "upper_quartile", "rank")
    return {
        (path.parent.name, path.stem, row["org"], row["item"]): (
            row["unit"], *(number(row[name]) for name in names)
        )
        for path in data.glob("oversight/*/*.csv")
        for row in stored(path)
    }  # fmt: skip


def league(content):
    rows = table(content)
    found = {}
    for row in rows:
        key = (_quarter_of(row, rows), TRUST_TYPES[row["trust_type"].casefold()], row["trust_code"])
        assert key not in found, f"{key} is there twice"
        ends = [number(end) for name in ("likely_range_of_average_score", "likely_range_of_rank")
                for end in (row[name].split(" to ") if row[name] else ["", ""])]  # fmt: skip
        deficit = {"yes": "True", "no": "False"}[row["trust_in_financial_deficit"].casefold()]
        single = [number(row[name]) for name in ("average_score", "segment", "rank")]
        found[key] = (*single, *ends, deficit)
    return found


def stored_league(data):
    names = ("average", "segment", "rank", "average_low", "average_high", "rank_low", "rank_high")
    return {
        (path.parent.name, path.stem.removesuffix("-league"), row["org"]): (
            *(number(row[name]) for name in names), row["in_deficit"]
        )
        for path in data.glob("oversight/*/*.csv")
        for row in stored(path)
    }  # fmt: skip


# Series: (measure, area, period) to (numerator, denominator, value).


def areas():
    """Our code of every area by each code it has had."""
    folder = DATA / "organisations"
    found = {"ENG": "ENG", "ENGLAND": "ENG", "E92000001": "ENG"}
    for row in stored(folder / "former_codes.csv"):
        found[row["ons_code"]] = row["icb"]
    for name, column in (("icbs", "icb"), ("regions", "region")):
        for row in stored(folder / f"{name}.csv"):
            found[row["ons_code"]] = found[row[column]] = row[column]
    return found


AREAS = areas()
PROVIDERS = {r["org"]: r["icb"] for r in stored(DATA / "organisations" / "emergency_providers.csv")}
LOCATIONS = {r["location"]: r["icb"] for r in stored(DATA / "organisations" / "locations.csv")}
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september",
           "october", "november", "december")  # fmt: skip


def month(text):
    """`June 2025` or `Jun-25` as 2025-06."""
    found = re.fullmatch(r"([a-z]+)[\s-]*(?:20)?([0-9]{2})", text.casefold())
    (name,) = [name for name in _MONTHS if name.startswith(found[1])]
    return f"20{found[2]}-{_MONTHS.index(name) + 1:02d}"


def _share(part, base):
    return None if part is None or not base else 100 * part / base


def _emergency(counts):
    """Both measures from {(area, period): [seen, over, admissions, waits]}."""
    found = {}
    for (area, period), (seen, over, admitted, waits) in counts.items():
        within = seen - over
        found["ae-4-hour", area, period] = (within, seen, _share(within, seen))
        found["ae-admission-waits", area, period] = (waits, admitted, _share(waits, admitted))
    return found


def providers(content):
    counts = {}
    for row in table(content):
        if row["org code"].casefold() == "total":
            continue
        period = month(re.fullmatch("msitae-(.+)", row["period"].casefold())[1])
        sums = [0.0] * 4
        for name, cell in row.items():
            place = (0 if name.startswith("a&e attendances") else
                     1 if name.startswith("attendances over 4hrs") else
                     2 if "emergency admissions" in name else
                     3 if name.startswith("patients who have waited") else None)  # fmt: skip
            if place is not None:
                sums[place] += number(cell)
        for area in {"ENG", PROVIDERS.get(row["org code"], "ENG")}:
            kept = counts.setdefault((area, period), [0.0] * 4)
            counts[area, period] = [a + b for a, b in zip(kept, sums, strict=True)]
    return _emergency(counts)


def derived(content):
    names = ("total_attendances", "attendances_over_4hours", "total_emergency_admissions",
             "emergency_admissions_over_4hours")  # fmt: skip
    counts = {}
    for row in table(content):
        period, figures_ = month(row["date"]), [number(row[name]) for name in names]
        key = (AREAS[row["icb22_code"]], period)
        assert key not in counts, f"{key} is there twice"
        counts[key] = figures_
        kept = counts.setdefault(("ENG", period), [0.0] * 4)
        counts["ENG", period] = [a + b for a, b in zip(kept, figures_, strict=True)]
    return _emergency(counts)


def quality(content):
    names = {"MH021": "smi-checks", "CS005": "cervical-25-49", "CS006": "cervical-50-64"}
    found = {}
    for row in table(content):
        if row["indicator"] in names:
            part, base = number(row["numerator"]), number(row["denominator"]) + number(row["pcas"])
            key = (names[row["indicator"]], AREAS[row["icb_ods_code"]], "2024-25")
            assert key not in found, f"{key} is there twice"
            found[key] = (part, base, _share(part, base))
    return found


def survey(content):
    return {
        (row["metric"].replace("gpps-", "gp-"), AREAS[row["icb_ods_code"]], "2025"): (
            None, number(row["unweighted_base"]), number(row["percent"])
        )
        for row in table(content)
    }  # fmt: skip


def tidy(content):
    found = {}
    for row in table(content):
        part, base, value = (number(row[name]) for name in ("numerator", "denominator", "value"))
        key = (row["measure"], AREAS[row["area"]], row["period"])
        assert key not in found, f"{key} is there twice"
        found[key] = (part, base, value if value is not None else _share(part, base))
    return found


def trends(content):
    # Rows of any other measure are passed over, be it by a slip of one letter.
    names = {
        "Proportion of A&E attendances with greater than 4 hours wait (Type 1 Departments - "
        "Major A&E)": "ae-type-1-4-hour-yearly",
        "Proportion of incomplete pathways greater than 18 weeks from referral":
            "rtt-18-week-yearly",
        "Proportion of suspected cancer or referral to first definitive treatment that are longer "
        "than 62 days wait": "cancer-62-day-yearly",
    }  # fmt: skip
    found = {}
    for row in table(content):
        for words, name in names.items():
            if words == row["metric"]:
                key = (name, AREAS[row["org"]], row["year"])
                assert key not in found, f"{key} is there twice"
                found[key] = (None, None, 100 - number(row["value"]))
    return found


def health_checks(content):
    """A workbook: a title in row 1, the header in row 2."""
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    rows = [["" if cell is None else plain(str(cell)) for cell in row]
            for row in sheet.iter_rows(values_only=True)]  # fmt: skip
    start = next(n for n, row in enumerate(rows) if row[:4] == ["Period", "CCG Code", "Question",
                                                                "Answer"])  # fmt: skip
    cells, unknown = {}, set()
    for period, code, question, answer, *_ in rows[start + 1 :]:
        if question in ("All6PHC", "SMIRegister"):
            found = re.fullmatch(r"SMI-Q([1-4])-20([0-9]{2})-20([0-9]{2})", period)
            when = f"20{found[2]}-{found[3]}-q{found[1]}"
            assert (when, code, question) not in cells, "there twice"
            cells[when, code, question] = number(answer)
            if code not in LOCATIONS:
                unknown.add(when)
    sums = {}
    for when, code in sorted({key[:2] for key in cells}):
        pair = [cells.get((when, code, question)) for question in ("All6PHC", "SMIRegister")]
        for area in ["ENG"] + ([] if when in unknown else [LOCATIONS[code]]):
            kept = sums.setdefault((area, when), [0, 0])
            sums[area, when] = [None if None in (a, b) else a + b
                                for a, b in zip(kept, pair, strict=True)]  # fmt: skip
    return {("smi-checks-quarterly", area, when): (part, base, _share(part, base))
            for (area, when), (part, base) in sums.items()}  # fmt: skip


def stored_series(data):
    """What is stored; a figure taken out with a reason is `None`."""
    return {
        (row["measure"], row["area"], row["period"]): (
            number(row["numerator"]), number(row["denominator"]), number(row["value"]),
            row["reason"],
        )
        for path in data.glob("series/*.csv")
        for row in stored(path)
    }  # fmt: skip


def series_differ(found, expected):
    """What differs; a figure may be taken out, but only with a reason."""
    for key in sorted(found.keys() | expected.keys()):
        if key not in found or key not in expected:
            return f"{key} is in only one"
        *figures_, reason = found[key]
        if reason and figures_ == [None] * 3:
            continue
        for ours, theirs in zip(figures_, expected[key], strict=True):
            if (ours is None) != (theirs is None) or (
                ours is not None and abs(ours - theirs) > 1e-9
            ):
                return f"{key}: {figures_}, not {expected[key]}"
    return ""


# Breakdowns: what identifies a row to its figures.


def fingertips(content):
    """Of a file with one sex and age: deprivation and ethnicity rows of areas we know."""
    found = {}
    for row in table(content):
        kind = row["category type"].casefold()
        area = "ENG" if row["area code"] == "England" else AREAS.get(row["area code"])
        grouped = ("deprivation" in kind and ("decile" in kind or "quintile" in kind)) or (
            kind.startswith("ethnic"))  # fmt: skip
        if area and grouped and row["sex"] == "Persons":
            key = (area, row["time period"], row["category type"], row["category"])
            assert key not in found, f"{key} is there twice"
            found[key] = tuple(number(row[name]) for name in ("value", "count", "denominator"))
    return found


def template(content):
    found = {}
    for row in table(content):
        key = (AREAS.get(row["area"], "ENG"), row["period"], row["grouping"], row["label"])
        assert (row["indicator"], *key) not in found, f"{key} is there twice"
        silent = row["value"] in ("[c]", "[x]", "[z]", "[low]", "[u]")
        value = None if silent else number(row["value"])
        count, people = number(row["count"]), number(row["population"])
        if value is None and count is not None and people:
            value = count / people * 100
        found[row["indicator"], *key] = (value, count, people)
    return found


def stored_breakdowns(data):
    return {
        (row["area"], row["period"], row["grouping"], row["label"]): (
            number(row["value"]), number(row["count"]), number(row["population"])
        )
        for path in data.glob("inequality/breakdowns/*.csv")
        for row in stored(path)
    }  # fmt: skip


def stored_templates(data):
    return {
        (path.stem, row["area"], row["period"], row["grouping"], row["label"]): (
            number(row["value"]), number(row["count"]), number(row["population"])
        )
        for path in data.glob("inequality/breakdowns/*.csv")
        for row in stored(path)
    }  # fmt: skip


# Texts that people type.


def remark(content):
    text = content.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    _, head, words = re.split(r"^---$", text, maxsplit=2, flags=re.MULTILINE)
    said = {"text": words.strip(), "figures": set()}
    for line in head.strip("\n").split("\n"):
        name, _, value = line.partition(":")
        if line.lstrip().startswith("- "):
            said["figures"].add(line.rpartition(" = ")[2].strip(" \"'"))
        elif name in ("author", "date"):
            assert name not in said, f"{name} is there twice"
            said[name] = value.strip()
    return said


def corrections(content):
    return tomllib.loads(content.decode("utf-8")).get("correction", [])


def leaves(value, path=()):
    """Every number, flag and text of a rule set with the names that lead to it."""
    if isinstance(value, dict) and value.get("omit"):
        return  # It says what is taken out.
    if isinstance(value, dict):
        for key, below in value.items():
            yield from leaves(below, (*path, key))
    elif isinstance(value, (list, tuple)) and all(isinstance(one, dict) for one in value):
        for one in value:
            keys = [k for k in ("id", "number", "kind", "area", "what") if k in one]
            yield from leaves(one, (*path, one[keys[0]] if keys else ""))
    else:
        yield path, list(value) if isinstance(value, tuple) else value


def overlay(content):
    return {
        path: value
        for path, value in leaves(tomllib.loads(content.decode("utf-8")))
        if not {"weight", "omit", "better"} & set(path)
    }


def snapshot(folder: Path):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
