"""What a secret looks like in a text: keys, tokens, passwords in addresses."""

import re

SECRETS = {
    "a private key": r"-----BEGIN [A-Z ]*PRIVATE KEY-----",
    "a key of Amazon": r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b",
    "a token of GitHub": r"\bgh[pousr]_[A-Za-z0-9]{36,}\b|\bgithub_pat_\w{60,}\b",
    "a token of GitLab": r"\bglpat-[\w-]{20,}\b",
    "a token of PyPI": r"\bpypi-AgE[\w-]{50,}\b",
    "a token of Slack": r"\bxox[abprs]-[\w-]{10,}\b",
    "a key of Google": r"\bAIza[\w-]{35}\b",
    "a key of a model": r"\bsk-[A-Za-z0-9_-]{32,}\b",
    "a web token": r"\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}\b",
    "a password in an address": r"\b[a-z][a-z0-9+.-]*://[^\s/:@\"'<>{}]+:[^\s/:@\"'<>{}]{3,}@",
    "a password as a setting": r"(?i)\b(?:password|passwd|secret|api_?key|token)\s*[=:]\s*"
    r"[\"'][^\"'\s]{12,}[\"']",
}


def secrets(text):
    """What looks like a secret, and on which line: (line, kind)."""
    return sorted(
        (text.count("\n", 0, found.start()) + 1, kind)
        for kind, form in SECRETS.items()
        for found in re.finditer(form, text)
    )
