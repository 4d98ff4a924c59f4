"""Ways a file can go wrong: of its bytes, its rows, its columns and its cells; each by a seed."""

import csv
import io
import random

from tests.hostile import HOSTILE

ODD_NUMBERS = ("nan", "NaN", "inf", "-inf", "1e999", "-1e-9", "1e5", "0x1F", "1,234", "1.234,5",
               "\uff19\uff10", "\u0669\u0660", "\u22125", "5%", "5 %", "1/2", "--5", "+", ".", "5.",
               ".5", "1_000", "TRUE", "", " ", "NA", "N/A", "*", "-", "0", "-0.0",
               "90.3.1")  # fmt: skip
UNITS = ("%", "percent", "mins", "minutes", "score", "days", "rate", "count", "Percent", "")
CODES = ("RTF", "RDY", "RZZ9", "rtf", "R1F", "QMF", "QZZ", "ENG", "E54000034", "", "G6V2S")
QUARTERS = ("Q1 2025/26", "Q2 2025/26", "Q4 2024/25", "Q5 2025/26", "Q1 2025/27", "Jun-25", "",
            "2025-26-q2", "Q1 2019/20", "Q\u0661 2025/26", "April 2025", "2025-04",
            "2025-13")  # fmt: skip


def parse(content):
    """The rows of a CSV file as it was before anything went wrong."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def serialise(rows):
    """Rows as the publishers write them: byte order mark, CRLF."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8", "surrogatepass")


# Of rows: a table and chance in, a table out. Row 0 is the header.


def drop_row(rows, r):
    place = r.randrange(1, len(rows))
    return rows[:place] + rows[place + 1 :]


def duplicate_row(rows, r):
    return [*rows, list(r.choice(rows[1:]))]


def duplicate_with_another_figure(rows, r):
    row = list(r.choice(rows[1:]))
    place = r.choice(_numeric(rows) or [0])
    row[place] = str(r.randrange(100))
    return [*rows, row]


def shuffle_rows(rows, r):
    return [rows[0], *r.sample(rows[1:], len(rows) - 1)]


def repeat_header(rows, r):
    place = r.randrange(1, len(rows) + 1)
    return [*rows[:place], rows[0], *rows[place:]]


def blank_rows(rows, r):
    place = r.randrange(1, len(rows) + 1)
    return [*rows[:place], [""] * len(rows[0]), [], *rows[place:]]


def title_above(rows, _):
    return [["A title", "", ""], *rows]


def short_row(rows, r):
    return _with_row(rows, r, lambda row: row[: r.randrange(len(row))])


def long_row(rows, r):
    return _with_row(rows, r, lambda row: [*row, "more"])


def shifted_row(rows, r):
    return _with_row(rows, r, lambda row: ["", *row[:-1]])


# Of columns.


def drop_column(rows, r):
    place = r.randrange(len(rows[0]))
    return [row[:place] + row[place + 1 :] for row in rows]


def duplicate_column(rows, r):
    place = r.randrange(len(rows[0]))
    return [[*row, row[place] if place < len(row) else ""] for row in rows]


def shuffle_columns(rows, r):
    order = r.sample(range(len(rows[0])), len(rows[0]))
    return [[row[place] for place in order] for row in rows]


def rename_column(rows, r):
    place = r.randrange(len(rows[0]))
    new = r.choice(["", "X", rows[0][place] + "_2", r.choice(rows[0])])
    return [[*rows[0][:place], new, *rows[0][place + 1 :]], *rows[1:]]


def respell_header(rows, r):
    how = r.choice([str.upper, str.lower, lambda name: f" {name} ", lambda n: n.replace("_", " ")])
    return [[how(name) for name in rows[0]], *rows[1:]]


def swap_two_headers(rows, r):
    one, other = r.sample(range(len(rows[0])), 2)
    header = list(rows[0])
    header[one], header[other] = header[other], header[one]
    return [header, *rows[1:]]


def further_column(rows, r):
    return [[*row, r.choice(["Note", "x"]) if not n else "x"] for n, row in enumerate(rows)]


# Of cells.


def odd_number(rows, r):
    return _with_cell(rows, r, _numeric(rows), lambda _: r.choice(ODD_NUMBERS))


def shift_decimal(rows, r):
    return _with_cell(rows, r, _numeric(rows), lambda cell: _shifted(cell, r))


def shift_decimals_of_a_column(rows, r):
    place = r.choice(_numeric(rows) or [0])
    times = r.choice([10, 100, 0.1])
    return [rows[0], *(_replaced(row, place, lambda cell: _times(cell, times)) for row in rows[1:])]


def negate(rows, r):
    return _with_cell(rows, r, _numeric(rows), lambda cell: f"-{cell}")


def blank_cell(rows, r):
    return _with_cell(rows, r, None, lambda _: "")


def odd_unit(rows, r):
    return _with_cell(rows, r, None, lambda _: r.choice(UNITS))


def odd_code(rows, r):
    return _with_cell(rows, r, range(min(6, len(rows[0]))), lambda _: r.choice(CODES))


def odd_quarter(rows, r):
    return _with_cell(rows, r, range(min(10, len(rows[0]))), lambda _: r.choice(QUARTERS))


def every_quarter(rows, r):
    place, new = r.randrange(min(10, len(rows[0]))), r.choice(QUARTERS)
    return [rows[0], *(_replaced(row, place, lambda _: new) for row in rows[1:])]


def hostile_cell(rows, r):
    return _with_cell(rows, r, None, lambda cell: r.choice([*HOSTILE.values()]) + cell)


def hostile_instead(rows, r):
    return _with_cell(rows, r, None, lambda _: r.choice([*HOSTILE.values()]))


def hostile_header(rows, r):
    place = r.randrange(len(rows[0]))
    return [_replaced(rows[0], place, lambda _: r.choice([*HOSTILE.values()])), *rows[1:]]


def swap_two_cells(rows, r):
    new = [list(row) for row in rows]
    one, other = r.randrange(1, len(rows)), r.randrange(1, len(rows))
    place = r.randrange(len(rows[0]))
    if max(place, 0) < min(len(new[one]), len(new[other])):
        new[one][place], new[other][place] = new[other][place], new[one][place]
    return new


def white_space(rows, r):
    return _with_cell(
        rows, r, None, lambda cell: r.choice([" {}", "{} ", "\xa0{}", "{}\t"]).format(cell)
    )


# Of bytes.


def truncate(content, r):
    return content[: r.randrange(len(content))]


def truncate_at_a_line(content, r):
    ends = [place + 1 for place, byte in enumerate(content) if byte == 10]
    return content[: r.choice(ends)]


def flip_byte(content, r):
    place = r.randrange(len(content))
    return content[:place] + bytes([r.randrange(256)]) + content[place + 1 :]


def recode(content, r):
    text = content.decode("utf-8-sig") + r.choice(["", "\n", "é\n"])
    return text.encode(
        r.choice(["utf-16", "utf-16-le", "utf-32", "cp1252", "utf-8", "cp500"]), "replace"
    )


def line_ends(content, r):
    return content.replace(b"\r\n", b"\n").replace(
        b"\n", r.choice([b"\n", b"\r", b"\r\n", b"\n\n"])
    )


def separator(content, r):
    return content.replace(b",", r.choice([b";", b"\t", b"|"]))


def insert_bytes(content, r):
    place = r.randrange(len(content))
    extra = r.choice([b"\x00", b'"', b"\xff", b"\x1a", b"\xef\xbb\xbf", b"'", b",", b"\n", b'""'])
    return content[:place] + extra + content[place:]


def another_file(content, r):
    return r.choice([b"", b"\n", b"PK\x03\x04", b"%PDF-1.7", b"<html><body>404", b"\x1f\x8b\x08",
                     b"{}\n", content * 2, b"\xef\xbb\xbf"])  # fmt: skip


OF_ROWS = (
    drop_row, duplicate_row, duplicate_with_another_figure, shuffle_rows, repeat_header, blank_rows,
    title_above, short_row, long_row, shifted_row, drop_column, duplicate_column, shuffle_columns,
    rename_column, respell_header, swap_two_headers, further_column, odd_number, shift_decimal,
    shift_decimals_of_a_column, negate, blank_cell, odd_unit, odd_code, odd_quarter, every_quarter,
    hostile_cell, hostile_instead, hostile_header, swap_two_cells, white_space,
)  # fmt: skip
OF_BYTES = (
    truncate, truncate_at_a_line, flip_byte, recode, line_ends, separator, insert_bytes,
    another_file,
)  # fmt: skip


def interleave(rows, other, r):
    """The rows of two files in turn, under the header of the first."""
    both = [*rows[1:], *other[1:]]
    return [rows[0], *r.sample(both, len(both))]


def of_table(content, other, r):
    """A mutant of a CSV file and what was done; `other` is another file to mix it with."""
    how = r.choice([*OF_ROWS, *OF_ROWS, *OF_BYTES, interleave])
    if how in OF_BYTES:
        return how(content, r), how.__name__
    rows = parse(content)
    mutant = interleave(rows, parse(other), r) if how is interleave else how(rows, r)
    if r.random() < 0.25:
        then = r.choice(OF_ROWS)
        if len(mutant) > 1 and all(len(row) >= len(mutant[0]) for row in mutant):
            return serialise(then(mutant, r)), f"{how.__name__} and {then.__name__}"
    return serialise(mutant), how.__name__


def of_text(content, _, r):
    """A mutant of a text that people type, and what was done."""
    lines = content.decode().splitlines(keepends=True)
    place = r.randrange(len(lines))
    ways = {
        "drop line": lambda: "".join(lines[:place] + lines[place + 1 :]),
        "duplicate line": lambda: "".join([*lines[: place + 1], lines[place], *lines[place + 1 :]]),
        "swap lines": lambda: "".join(r.sample(lines, len(lines))),
        "hostile line": lambda: "".join(
            [*lines[:place], r.choice([*HOSTILE.values()]), "\n", *lines[place:]]
        ),
        "hostile word": lambda: _word(content.decode(), r, r.choice([*HOSTILE.values()])),
        "odd number": lambda: _word(content.decode(), r, r.choice(ODD_NUMBERS)),
        "deep": lambda: content.decode() + "\na = " + "[" * 20_000 + "]" * 20_000,
        "other value": lambda: content.decode().replace(
            "=", r.choice([":", "==", "= -", "= 1"]), 1
        ),
    }  # fmt: skip
    how = r.choice([*ways, *(f.__name__ for f in OF_BYTES if f is not truncate_at_a_line)])
    if how in ways:
        return ways[how]().encode("utf-8", "surrogatepass"), how
    return next(f for f in OF_BYTES if f.__name__ == how)(content, r), how


def seeded(name, number):
    """Chance that is the same on every machine for a target and a number."""
    return random.Random(f"{name} {number}")


def _word(text, r, new):
    words = text.split(" ")
    words[r.randrange(len(words))] = new
    return " ".join(words)


def _numeric(rows):
    """The columns most of whose cells are numbers."""

    def share(place):
        cells = [row[place] for row in rows[1:] if len(row) > place and row[place]]
        return sum(cell.replace(".", "").lstrip("-").isdigit() for cell in cells) / (
            len(cells) or 1
        )

    return [place for place in range(len(rows[0])) if share(place) > 0.6]


def _with_row(rows, r, change):
    place = r.randrange(1, len(rows))
    return [*rows[:place], change(list(rows[place])), *rows[place + 1 :]]


def _with_cell(rows, r, places, change):
    places = list(places) if places else list(range(len(rows[0])))
    place = r.choice(places)
    return _with_row(rows, r, lambda row: _replaced(row, place, change))


def _replaced(row, place, change):
    return [change(cell) if at == place else cell for at, cell in enumerate(row)]


def _times(cell, times):
    try:
        return repr(float(cell) * times)
    except ValueError:
        return cell


def _shifted(cell, r):
    return _times(cell, r.choice([10, 100, 1000, 0.1, 0.01]))
