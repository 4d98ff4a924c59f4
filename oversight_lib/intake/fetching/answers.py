"""What a server answers: a file, the rest of one, that it is unchanged, that it is not there."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import requests
from urllib3.exceptions import HTTPError

from oversight_lib.errors import FetchError, Problem
from oversight_lib.intake.fetching.patience import Patience

_REDIRECTS = (301, 302, 303, 307, 308)
_LATER = (408, 425, 429, 500, 502, 503, 504)
_ABSENT = (404, 410)
_OURSELVES = ("127.0.0.1", "::1", "localhost")


class AbsentError(Exception):
    """There is no such file."""


class LaterError(Exception):
    """What may be over in a while; `seconds` is how long the server asks us to wait.

    `afresh` if what has come so far is of no use.
    """

    def __init__(self, what: str, seconds: float = 0, *, afresh: bool = False) -> None:
        super().__init__(what)
        self.seconds = seconds
        self.afresh = afresh


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer whose content has not been read yet; `total` is the size of the whole file."""

    address: str
    response: requests.Response

    @property
    def unchanged(self) -> bool:
        """Whether the file is the one we said we have."""
        return self.response.status_code == 304

    @property
    def partial(self) -> bool:
        """Whether only a part of the file comes."""
        return self.response.status_code == 206

    @property
    def etag(self) -> str:
        """The server's name for this version of the file; none if it is compressed on the way."""
        return "" if self._encoded else str(self.response.headers.get("ETag", ""))

    @property
    def modified(self) -> str:
        """When the server says the file was changed last."""
        return "" if self._encoded else str(self.response.headers.get("Last-Modified", ""))

    @property
    def _encoded(self) -> bool:
        return self.response.headers.get("Content-Encoding", "identity") != "identity"

    @property
    def total(self) -> int | None:
        """The size of the whole file; None if the server does not say."""
        if self.partial:
            match = re.fullmatch(r"bytes \d+-\d+/(\d+)", self._range)
            return int(match[1]) if match else None
        said = self.response.headers.get("Content-Length", "")
        return int(said) if said.isdecimal() and not self._encoded else None

    @property
    def _range(self) -> str:
        return str(self.response.headers.get("Content-Range", ""))

    def continues_at(self, size: int) -> bool:
        """Say whether the content goes on behind the bytes we have."""
        return self.partial and size > 0 and self._range.startswith(f"bytes {size}-")

    def pieces(self, size: int) -> Iterator[bytes]:
        """Yield the content as it comes; raise `LaterError` if it stalls or is cut off.

        Each piece is what one read brings, so that nothing that has come is lost to a cut.
        """
        try:
            while piece := self.response.raw.read1(size, decode_content=True):
                yield piece
        except HTTPError as error:
            raise LaterError(_in_words(error)) from None


@contextmanager
def answer(
    session: requests.Session, address: str, asked: Mapping[str, str], patience: Patience
) -> Iterator[Answer]:
    """Yield the answer of a server for a file, after redirects that stay with the publisher.

    Raises `AbsentError`, `LaterError`, or `FetchError` if what is answered cannot be the file.
    """
    response = _followed(session, address, asked, patience)
    try:
        _refuse(address, response, patience)
        yield Answer(address, response)
    finally:
        response.close()


def _followed(
    session: requests.Session, address: str, asked: Mapping[str, str], patience: Patience
) -> requests.Response:
    here = address
    for _ in range(patience.redirects + 1):
        _refuse_insecure(here)
        response = _get(session, here, asked, patience)
        if response.status_code not in _REDIRECTS:
            return response
        response.close()
        here = urljoin(here, response.headers.get("Location", ""))
        if urlsplit(here).netloc != urlsplit(address).netloc:
            raise _refusal(address, f"the server sends us elsewhere, to {here}", "the file itself")
    raise _refusal(address, "the server sends us in circles", "the file itself")


def _get(
    session: requests.Session, address: str, asked: Mapping[str, str], patience: Patience
) -> requests.Response:
    try:
        return session.get(
            address,
            headers=dict(asked),
            timeout=(patience.connect, patience.read),
            stream=True,
            allow_redirects=False,
        )
    except requests.exceptions.SSLError as error:
        raise _refusal(address, f"the connection is not secure ({error})", "HTTPS") from None
    except (requests.ConnectionError, requests.Timeout) as error:
        raise LaterError(_in_words(error)) from None


def _refuse(address: str, response: requests.Response, patience: Patience) -> None:
    status = response.status_code
    if status in _ABSENT:
        raise AbsentError(address)
    if status in _LATER:
        raise _later(address, response, patience)
    if status == 416:
        raise LaterError("the server has no more of the file", afresh=True)
    if status not in (200, 206, 304):
        raise _refusal(address, f"the server answers {status}", "200")
    if "html" in response.headers.get("Content-Type", "").casefold():
        raise _refusal(address, "this is a web page, perhaps an error page", "the file itself")
    said = response.headers.get("Content-Length", "")
    if said.isdecimal() and int(said) > patience.size:
        raise _refusal(
            address, f"the file has {int(said):,} bytes", f"at most {patience.size:,} bytes"
        )


def _later(address: str, response: requests.Response, patience: Patience) -> Exception:
    """Return `LaterError`; or a refusal if the server asks for more patience than we have."""
    asked = response.headers.get("Retry-After", "")
    seconds = float(asked) if asked.isdecimal() else 0
    what = f"the server answers {response.status_code}"
    if seconds > patience.longest:
        return _refusal(address, f"{what} and asks us to wait {seconds:g} seconds", "an answer now")
    return LaterError(what, seconds)


def _refuse_insecure(address: str) -> None:
    parts = urlsplit(address)
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _OURSELVES):
        return
    raise _refusal(address, "the address is not secure", "an address that begins with https://")


def _refusal(address: str, what: str, expected: str) -> FetchError:
    return FetchError("a file could not be fetched", [Problem(address, what, expected)])


def _in_words(error: Exception) -> str:
    if isinstance(error, requests.Timeout) or "timed out" in str(error):
        return "the server stalls"
    return "the connection was cut off"
