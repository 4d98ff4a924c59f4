"""`make supply`: the bill of materials and the licences; with advisories at hand, the audit too."""

import os
import sys
from importlib import metadata
from pathlib import Path

from tests.supply.audit import advisories, affected
from tests.supply.licences import CHOICES, binds, licence
from tests.supply.locked import packages
from tests.supply.sbom import sbom

OUT = Path("build")


def main():
    locked = packages()
    OUT.mkdir(exist_ok=True)
    (OUT / "sbom.json").write_text(sbom(locked), "utf-8")
    lines = ["| package | version | licence |", "| --- | --- | --- |"]
    for package in locked:
        try:
            said = CHOICES.get(package.name) or licence(package.name)
        except metadata.PackageNotFoundError:
            said = f"not installed here ({package.marker})"
        lines.append(f"| {package.name} | {package.version} | {said} |")
        if binds(said) and "not installed" not in said and package.name not in CHOICES:
            sys.exit(f"{package.name} is under {said!r}, which could bind what we write")
    (OUT / "licences.md").write_text("\n".join([*lines, ""]), "utf-8")
    sys.stdout.write(f"{len(locked)} packages; see {OUT}/sbom.json and {OUT}/licences.md\n")
    snapshot = os.environ.get("OVERSIGHT_ADVISORIES")
    if not snapshot:
        sys.stdout.write("No advisories at hand (OVERSIGHT_ADVISORIES): the lock is not audited.\n")
        return
    found = affected(locked, advisories(snapshot))
    for package, advisory in found:
        sys.stdout.write(f"{package.name} {package.version}: {advisory}\n")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
