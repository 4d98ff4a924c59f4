"""What a publisher says of themselves and of how they publish: `book/edition.toml`, read."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from oversight_lib.errors import CommentaryError, Problem

NAME = "edition.toml"


class Imprint(BaseModel):
    """Who publishes, whom to ask, and the policies; what nobody has written yet is empty.

    `address` is where the site stands, `repository` where the code does. Policies are paragraphs
    of Markdown.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    publisher: str = ""
    contact: str = ""
    address: str = ""
    repository: str = ""
    status: str = ""
    release_practice: str = ""
    revisions: str = ""
    confidentiality: str = ""
    accessibility: str = ""


def read(path: Path) -> Imprint:
    """Return the imprint in a file; an empty one if there is none. Raises `CommentaryError`."""
    if not path.exists():
        return Imprint()
    try:
        return Imprint.model_validate(tomllib.loads(path.read_text("utf-8")))
    except tomllib.TOMLDecodeError as error:
        raise CommentaryError(f"{path} is not TOML", [str(error)]) from None
    except ValidationError as error:
        faults = [Problem(".".join(map(str, one["loc"])), one["msg"]) for one in error.errors()]
        raise CommentaryError(f"{path} is no imprint", faults, "see the comments in it") from None


def gaps(imprint: Imprint) -> Iterator[Problem]:
    """Yield each field that is empty: no edition is released with one."""
    for name in Imprint.model_fields:
        if not str(getattr(imprint, name)).strip():
            yield Problem(f"{NAME}: {name}", "empty", "words by whoever publishes")
