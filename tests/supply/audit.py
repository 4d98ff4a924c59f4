"""The lock against recorded advisories in the OSV format, without a network.

OSV publishes an export of all advisories about PyPI as one archive (`PyPI/all.zip`); unpacked or
not, it can be given here.
"""

import json
from pathlib import Path
from zipfile import ZipFile

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version


def advisories(path):
    """Every advisory in a JSON file (one, or a list), a folder of such files, or a zip of them."""
    path = Path(path)
    if path.suffix == ".zip":
        with ZipFile(path) as packed:
            texts = [
                packed.read(name) for name in sorted(packed.namelist()) if name.endswith(".json")
            ]
    else:
        files = sorted(path.glob("*.json")) if path.is_dir() else [path]
        texts = [file.read_bytes() for file in files]
    for text in texts:
        found = json.loads(text)
        yield from found if isinstance(found, list) else [found]


def affected(packages, advisories_):
    """(package, advisory) of every package of the lock that an advisory is about."""
    by_name = {}
    for package in packages:
        by_name.setdefault(package.name, []).append(package)
    return [
        (package, advisory["id"])
        for advisory in advisories_
        if not advisory.get("withdrawn")
        for about in advisory.get("affected", [])
        if about.get("package", {}).get("ecosystem") == "PyPI"
        for package in by_name.get(canonicalize_name(about["package"]["name"]), [])
        if _is_affected(package.version, about)
    ]


def _is_affected(version, about):
    if version in about.get("versions", []):
        return True
    return any(_within(Version(version), given["events"]) for given in about.get("ranges", [])
               if given["type"] == "ECOSYSTEM")  # fmt: skip


def _within(version, events):
    """Whether a version lies after an `introduced` and not after its `fixed`: OSV's own rule."""
    inside = False
    for event in sorted(events, key=_place):
        ((kind, text),) = event.items()
        if kind == "introduced" and version >= _version(text):
            inside = True
        elif (kind == "fixed" and version >= _version(text)) or (
            kind == "last_affected" and version > _version(text)
        ):
            inside = False
    return inside


def _place(event):
    return _version(next(iter(event.values())))


def _version(text):
    try:
        return Version(text)
    except InvalidVersion:
        return Version("0")
