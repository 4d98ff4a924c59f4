"""The bill of materials: CycloneDX 1.6 as JSON, made of the lock, the same bytes every time."""

import json
from importlib import metadata

import oversight_lib
from tests.supply.licences import licence


def sbom(packages):
    """The bill of every package of the lock; licences are of those that are installed here."""
    root = f"pkg:pypi/oversight@{oversight_lib.__version__}"
    bill = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {"type": "application", "bom-ref": root, "name": "oversight",
                          "version": oversight_lib.__version__, "purl": root,
                          "licenses": [{"license": {"id": "MIT"}}]},
        },
        "components": [_component(package) for package in packages],
    }  # fmt: skip
    return json.dumps(bill, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def _component(package):
    needed = [{"name": "oversight:marker", "value": package.marker}] if package.marker else []
    return {
        "type": "library",
        "bom-ref": package.purl + (f"#{package.marker}" if package.marker else ""),
        "name": package.name,
        "version": package.version,
        "purl": package.purl,
        "properties": [*needed, *({"name": "oversight:sha256", "value": digest}
                                  for digest in package.hashes)],
        **_licences(package.name),
    }  # fmt: skip


def _licences(name):
    try:
        said = licence(name)
    except metadata.PackageNotFoundError:
        return {}
    return {"licenses": [{"license": {"name": said}}]} if said else {}
