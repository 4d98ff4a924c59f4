"""One file from a server that stalls, cuts off, lies or errs: whole and right, or not at all."""

import json
from functools import partial
from hashlib import sha256

import pytest
import requests

from oversight_lib.errors import FetchError
from oversight_lib.intake.fetching.answers import AbsentError
from oversight_lib.intake.fetching.contents import fault
from oversight_lib.intake.fetching.download import Wanted, download
from oversight_lib.intake.fetching.patience import Patience
from oversight_lib.intake.layouts import Kind
from tests.intake.fetching.servers import (
    cut_off,
    drips,
    page,
    resumes,
    silent,
    stalls,
    status,
    whole,
)
from tests.intake.published import FIGURES_FILE, LEAGUE_FILE, snapshot

CONTENT = FIGURES_FILE.read_bytes()
OTHER = CONTENT.replace(b"90.3", b"91.3")
NAME = "data.csv"
QUICK = Patience(
    connect=0.5, read=0.1, whole=0.5, attempts=3, backoff=0.01, longest=0.05, pause=0, size=100_000
)


@pytest.fixture
def get(served, tmp_path):
    """Fetch the file once."""

    def get(patience=QUICK, address=None, kind=Kind.FIGURES):
        wanted = Wanted(
            address or f"{served.base}/{NAME}", tmp_path / NAME, partial(fault, kind=kind)
        )
        with requests.Session() as session:
            return download(session, wanted, patience)

    return get


def refused(get, tmp_path, **options):
    """What is said when the file cannot be had; and nothing is in its place."""
    with pytest.raises(FetchError) as caught:
        get(**options)
    assert not (tmp_path / NAME).exists()
    assert caught.value.exit_code == 24
    return str(caught.value)


def test_a_file_comes_whole_with_its_hash_on_record(served, get, tmp_path):
    served.says(NAME, whole(CONTENT, ETag='"1"', Last_Modified="Tue, 09 Sep 2025 08:30:00 GMT"))
    found = get()
    assert found.path.read_bytes() == CONTENT
    assert (found.status, found.size) == ("new", len(CONTENT))
    assert json.loads((tmp_path / f"{NAME}.fetched.json").read_text()) == {
        "address": f"{served.base}/{NAME}",
        "sha256": sha256(CONTENT).hexdigest(),
        "size": len(CONTENT),
        "etag": '"1"',
        "modified": "Tue, 09 Sep 2025 08:30:00 GMT",
    }
    assert set(snapshot(tmp_path)) == {NAME, f"{NAME}.fetched.json"}


@pytest.mark.parametrize("code", [429, 500, 502, 503, 504])
def test_what_is_only_for_a_while_is_tried_again(served, get, code):
    served.says(NAME, status(code), status(code, Retry_After="0"), whole(CONTENT))
    assert get().path.read_bytes() == CONTENT
    assert len(served.asked) == 3


@pytest.mark.parametrize("code", [429, 503])
def test_what_stays_so_is_given_up_and_said(served, get, tmp_path, code):
    served.says(NAME, status(code))
    said = refused(get, tmp_path)
    assert f"/{NAME}: the server answers {code}, 3 times; expected the file" in said
    assert len(served.asked) == QUICK.attempts


def test_a_server_that_asks_for_more_patience_than_we_have_is_left_in_peace(served, get, tmp_path):
    served.says(NAME, status(429, Retry_After="3600"))
    assert "asks us to wait 3600 seconds" in refused(get, tmp_path)
    assert len(served.asked) == 1


@pytest.mark.parametrize("code", [400, 401, 403, 418])
def test_what_will_not_pass_is_asked_once(served, get, tmp_path, code):
    served.says(NAME, status(code))
    assert f"the server answers {code}; expected 200" in refused(get, tmp_path)
    assert len(served.asked) == 1


@pytest.mark.parametrize("code", [404, 410])
def test_a_file_that_is_not_there_is_told_from_one_that_cannot_be_had(served, get, code):
    served.says(NAME, status(code))
    with pytest.raises(AbsentError):
        get()
    assert len(served.asked) == 1


def test_a_cut_off_file_goes_on_where_it_ended(served, get):
    served.says(NAME, cut_off(CONTENT, 200, ETag='"1"'), resumes(CONTENT, '"1"'))
    assert get().path.read_bytes() == CONTENT
    assert served.headers("Range") == [None, "bytes=200-"]
    assert served.headers("If-Range") == [None, '"1"']


def test_it_goes_on_in_a_later_run_too(served, get, tmp_path):
    served.says(NAME, cut_off(CONTENT, 200, ETag='"1"'))
    assert "cut off, 1 times" in refused(get, tmp_path, patience=Patience(attempts=1, read=0.1))
    served.says(NAME, resumes(CONTENT, '"1"'))
    assert get().path.read_bytes() == CONTENT
    assert served.headers("Range")[-1] == "bytes=200-"


@pytest.mark.parametrize("headers", [{}, {"ETag": 'W/"1"'}])
def test_without_a_sure_sign_that_it_is_the_same_file_it_begins_again(served, get, headers):
    served.says(NAME, cut_off(CONTENT, 200, **headers), whole(CONTENT, **headers))
    assert get().path.read_bytes() == CONTENT
    assert served.headers("Range") == [None, None]


def test_a_file_that_changed_on_the_way_is_not_put_together_from_both(served, get):
    served.says(NAME, cut_off(CONTENT, 200, ETag='"1"'), resumes(OTHER, '"2"'))
    assert get().path.read_bytes() == OTHER


def test_nor_if_the_server_goes_on_with_the_other_without_being_asked(served, get):
    sloppy = resumes(OTHER, '"2"', ignoring_if_range=True)
    served.says(NAME, cut_off(CONTENT, 200, ETag='"1"'), sloppy, whole(OTHER, ETag='"2"'))
    assert get().path.read_bytes() == OTHER


def test_a_range_that_is_not_there_makes_it_begin_again(served, get):
    served.says(NAME, cut_off(CONTENT, 200, ETag='"1"'), status(416), whole(CONTENT, ETag='"1"'))
    assert get().path.read_bytes() == CONTENT
    assert served.headers("Range") == [None, "bytes=200-", None]


def test_a_stall_is_cut_short_and_tried_again(served, get):
    served.says(NAME, stalls(CONTENT, 200, 0.4), silent(0.4), whole(CONTENT))
    assert get().path.read_bytes() == CONTENT


def test_a_server_that_never_answers_is_given_up(served, get, tmp_path):
    served.says(NAME, silent(0.4))
    assert "the server stalls, 3 times" in refused(get, tmp_path)


def test_a_file_that_drips_is_given_up_though_no_single_wait_is_long(served, get, tmp_path):
    served.says(NAME, drips(CONTENT, 0.02))
    patience = Patience(read=0.1, whole=0.1, attempts=1)
    assert "not whole after 0.1 seconds" in refused(get, tmp_path, patience=patience)


def test_a_length_that_is_too_long_is_a_cut(served, get, tmp_path):
    served.says(NAME, whole(CONTENT, Content_Length=str(len(CONTENT) + 1)))
    assert "the connection was cut off, 3 times" in refused(get, tmp_path)


def test_a_length_that_is_too_short_is_a_file_without_an_end(served, get, tmp_path):
    served.says(NAME, whole(CONTENT, Content_Length=str(len(CONTENT) - 5)))
    assert "the last line has no end: the file is cut off" in refused(get, tmp_path)


def test_a_connection_that_closes_without_a_length_is_found_by_the_last_line(served, get, tmp_path):
    served.says(NAME, whole(CONTENT[:-5], Content_Length=""))
    assert "cut off" in refused(get, tmp_path)


def test_a_file_said_to_be_too_large_is_not_begun(served, get, tmp_path):
    served.says(NAME, whole(CONTENT, Content_Length="100001"))
    assert "the file has 100,001 bytes; expected at most 100,000 bytes" in refused(get, tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_file_that_turns_out_too_large_is_stopped(served, get, tmp_path):
    patience = Patience(size=500)
    served.says(NAME, whole(CONTENT, Content_Length=""))
    assert "too large; expected at most 500 bytes" in refused(get, tmp_path, patience=patience)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("kind", ["text/html", "text/csv"])
def test_a_web_page_is_no_file_whatever_it_is_called(served, get, tmp_path, kind):
    served.says(NAME, page(kind=kind))
    assert "this is a web page" in refused(get, tmp_path)
    assert len(served.asked) == 1


def test_an_empty_file_is_none(served, get, tmp_path):
    served.says(NAME, whole(b""))
    assert "the file is empty" in refused(get, tmp_path)


def test_a_file_of_another_kind_is_refused(served, get, tmp_path):
    served.says(NAME, whole(LEAGUE_FILE.read_bytes()))
    assert "the file is league table; expected the figures" in refused(get, tmp_path)


def test_redirects_that_stay_with_the_publisher_are_followed(served, get):
    served.says(NAME, status(301, Location="/moved.csv"))
    served.says("moved.csv", whole(CONTENT))
    assert get().path.read_bytes() == CONTENT


def test_a_redirect_elsewhere_is_refused_and_not_asked(served, get, tmp_path):
    served.says(NAME, status(302, Location="https://example.org/data.csv"))
    said = refused(get, tmp_path)
    assert "the server sends us elsewhere, to https://example.org/data.csv" in said


def test_redirects_in_circles_end(served, get, tmp_path):
    served.says(NAME, status(302, Location=f"/{NAME}"))
    assert "in circles" in refused(get, tmp_path)
    assert len(served.asked) == QUICK.redirects + 1


@pytest.mark.parametrize("address", ["http://example.org/data.csv", "ftp://127.0.0.1/data.csv"])
def test_only_secure_addresses_are_asked(get, tmp_path, address):
    assert "the address is not secure" in refused(get, tmp_path, address=address)


def test_a_server_that_is_not_there_is_said_so(get, tmp_path):
    # Nothing listens on the port for discarded bytes.
    said = refused(get, tmp_path, address="http://127.0.0.1:9/data.csv")
    assert "the connection was cut off, 3 times" in said


def test_a_file_that_has_not_changed_is_not_sent_again(served, get):
    served.says(NAME, resumes(CONTENT, '"1"'))
    assert get().status == "new"
    assert get().status == "unchanged"
    assert served.headers("If-None-Match") == [None, '"1"']


def test_a_file_that_is_sent_again_all_the_same_is_seen_to_be_unchanged(served, get):
    served.says(NAME, whole(CONTENT))
    assert [get().status, get().status] == ["new", "unchanged"]


def test_a_changed_file_takes_the_place_of_the_old_one(served, get):
    served.says(NAME, resumes(CONTENT, '"1"'), resumes(OTHER, '"2"'))
    get()
    found = get()
    assert (found.status, found.path.read_bytes()) == ("changed", OTHER)
    assert found.sha256 == sha256(OTHER).hexdigest()


def test_a_file_somebody_changed_here_is_fetched_again(served, get):
    served.says(NAME, resumes(CONTENT, '"1"'))
    get().path.write_bytes(OTHER)
    assert get().path.read_bytes() == CONTENT


def test_a_good_file_is_not_lost_to_a_bad_one(served, get, tmp_path):
    served.says(NAME, whole(CONTENT), page())
    get()
    with pytest.raises(FetchError):
        get()
    assert (tmp_path / NAME).read_bytes() == CONTENT


def test_a_part_that_is_only_a_part_of_the_rest_is_gone_on_with(served, get):
    """The second answer is whole in itself, and ends before the file does."""
    span = f"bytes 200-299/{len(CONTENT)}"
    served.says(
        NAME,
        cut_off(CONTENT, 200, ETag='"1"'),
        whole(CONTENT[200:300], 206, ETag='"1"', Content_Range=span),
        resumes(CONTENT, '"1"'),
    )
    assert get().path.read_bytes() == CONTENT
    assert served.headers("Range") == [None, "bytes=200-", "bytes=300-"]


def test_what_is_had_from_one_address_says_nothing_to_another(served, get):
    served.says(NAME, whole(CONTENT, ETag='"1"'))
    served.says(f"mirror/{NAME}", whole(OTHER, ETag='"1"'))
    get()
    assert get(address=f"{served.base}/mirror/{NAME}").path.read_bytes() == OTHER
    assert served.headers("If-None-Match") == [None, None]


def test_a_connection_that_is_not_secure_is_refused(served, get, tmp_path):
    served.says(NAME, whole(CONTENT))
    address = f"{served.base.replace('http:', 'https:')}/{NAME}"
    assert "the connection is not secure" in refused(get, tmp_path, address=address)


def test_an_address_that_is_none_is_refused(get, tmp_path):
    assert "https:///data.csv" in refused(get, tmp_path, address="https:///data.csv")
