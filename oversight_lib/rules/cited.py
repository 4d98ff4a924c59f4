"""Statements with the evidence and the source they rest on, and how a file of them is read."""

import tomllib
from collections.abc import Iterable
from importlib.resources import files
from typing import Literal, TypeVar

from pydantic import BaseModel, ValidationError

from oversight_lib.errors import RulesError
from oversight_lib.periods import FrameworkYear
from oversight_lib.rules.base import Rule, Source

Basis = Literal["published", "secondary", "judgement"]
"""In a text of the publisher's own; in somebody's account of one; or our judgement."""

Model = TypeVar("Model", bound=BaseModel)


class Statement(Rule):
    """Something said, with what it rests on. Without words it says where the answer is published.

    Either `says` is given, with `basis` and `source`; or `unknown`: nothing was read, and this is
    where it is published.
    """

    says: str = ""
    basis: Basis | None = None
    source: str = ""
    unknown: str = ""


def faults(statements: Iterable[tuple[str, Statement]], sources: Iterable[Source]) -> list[str]:
    """Return what is wrong with named statements: neither known nor unknown, or without a source.

    Ours by judgement may go without a source; nothing else may.
    """
    known = {source.id for source in sources}
    return [
        f"{name}: {fault}" for name, statement in statements for fault in _faults(statement, known)
    ]


def _faults(statement: Statement, known: set[str]) -> Iterable[str]:
    if bool(statement.says) == bool(statement.unknown):
        yield "say either what is known or where the unknown is published, not both or neither"
    if statement.says and statement.basis is None:
        yield "no basis; every statement says what it rests on"
    if statement.says and not statement.source and statement.basis != "judgement":
        yield "no source; every statement cites one"
    if statement.source and statement.source not in known:
        yield f'no source "{statement.source}"; known: {", ".join(sorted(known))}'


def load(year: FrameworkYear, file: str, model: type[Model]) -> Model | None:
    """Return a file of a framework year's rules as a model; None if the year has no such file."""
    found = files(__package__) / str(year) / file
    return parse(found.read_text("utf-8"), f"{year}/{file}", model) if found.is_file() else None


def parse(text: str, name: str, model: type[Model]) -> Model:
    """Return a TOML text as a model, or raise `RulesError` with every problem."""
    try:
        return model.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise RulesError(f"rules/{name} is not TOML", [str(error)]) from None
    except ValidationError as error:
        problems = [
            f"{'.'.join(map(str, fault['loc']))}: {line}".lstrip(": ")
            for fault in error.errors()
            for line in fault["msg"].removeprefix("Value error, ").splitlines()
        ]
        raise RulesError(f"problems in rules/{name}", problems) from None
