"""How long a download may take, how large it may be, and how often it is tried."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Patience:
    """The limits of one download: seconds, bytes, attempts.

    `read` is between two pieces of a file, `whole` for all of it. The wait before each further
    attempt doubles from `backoff` and is never above `longest`, whatever the server asks for.
    `pause` is between two files: one at a time, and not at once.
    """

    connect: float = 10
    read: float = 30
    whole: float = 600
    attempts: int = 4
    backoff: float = 2
    longest: float = 60
    pause: float = 1
    size: int = 50_000_000
    redirects: int = 5
