"""Under which licence each dependency is, and that none of them binds what we write."""

import re
from importlib import metadata

ALLOWED = {
    "mit": "MIT",
    "bsd": "BSD",
    "0bsd": "0BSD",
    "apache": "Apache-2.0",
    "isc": "ISC",
    "python software foundation": "PSF-2.0",
    "psf": "PSF-2.0",
    "mit-cmu": "MIT-CMU",
    "hpnd": "HPND",
    "zlib": "Zlib",
    "cc0": "CC0-1.0",
    "unlicense": "Unlicense",
    "public domain": "public domain",
    "mozilla": "MPL-2.0",
    "mpl": "MPL-2.0",
    "open font": "OFL-1.1",
    "artistic": "Artistic",
}
"""Words of licences that leave our code ours. MPL-2.0 binds changes to its own files only."""

CHOICES = {
    # Offered under several licences, of which one is taken; or a part we do not use.
    "docutils": "public domain; the file under the GPL is an editor's mode, which is not installed",
    "text-unidecode": "Artistic; the GPL is the other choice",
}

STATED = {
    # What the metadata leave out; read from the licence file of the package.
    "axe-playwright-python": "MIT; axe-core inside it is under MPL-2.0",
}


def licence(name):
    """What a package that is installed says of its licence; nothing if it says nothing."""
    told = metadata.metadata(name)
    lines = [line.split(" :: ") for line in told.get_all("Classifier", [])]
    classified = [line[-1] for line in lines if line[0] == "License" and len(line) > 2]
    said = told.get("License-Expression") or "; ".join(classified) or told.get("License") or ""
    return STATED.get(name) or " ".join(said.splitlines()[0].split() if said else [])


def binds(said):
    """Whether a licence could bind what we write: it is copyleft, or it is not known to be free."""
    words = said.casefold()
    if re.search(r"\b(a|l)?gpl|copyleft|share.?alike|sspl|busl|commercial|proprietary", words):
        return True
    return not any(re.search(rf"(?<![a-z]){re.escape(known)}", words) for known in ALLOWED)
