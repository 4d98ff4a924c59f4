"""Where a page stands among the others: the trail above it and the branches beside it."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Branch:
    """One page in the sidebar, with those below it if they are to be shown."""

    slug: str
    title: str
    below: "tuple[Branch, ...]" = ()


@dataclass(frozen=True, slots=True)
class Navigation:
    """The pages of an edition as a tree, and the hand-written ones in their parts."""

    edition: str
    quarter: str
    front: str
    titles: Mapping[str, str]
    above: Mapping[str, str | None]
    below: Mapping[str, Sequence[str]]
    listed: Sequence[str]
    parts: Sequence[tuple[str, Sequence[str]]]
    folders: Collection[str]

    @classmethod
    def of(cls, facts: Mapping[str, Any]) -> "Navigation":
        """Return the navigation of an edition's facts, as `press.book` writes them."""
        pages = facts["pages"]
        below = defaultdict(list)
        for page in pages:
            below[page["above"]].append(page["slug"])
        return cls(
            edition=facts["title"],
            quarter=facts["quarter"],
            front=facts["front"],
            titles={page["slug"]: page["title"] for page in pages},
            above={page["slug"]: page["above"] for page in pages},
            below=dict(below),
            listed=[page["slug"] for page in pages if page["listed"]],
            parts=[(part["caption"], part["pages"]) for part in facts["parts"]],
            folders=facts["folders"],
        )

    def trail(self, slug: str) -> list[tuple[str, str]]:
        """Return the pages above this one as (address, title), the front first."""
        if slug == self.front:
            return []
        steps: list[str] = []
        step: str | None = self.above.get(slug) or self.front
        while step:
            steps.append(step)
            step = self.above[step]
        return [(step, self.titles[step]) for step in reversed(steps)]

    def branches(self, slug: str) -> list[Branch]:
        """Return the listed pages; the one this page belongs to with everything below it."""
        home = {slug, *(step for step, _ in self.trail(slug))}
        return [
            self._branch(name) if name in home else Branch(name, self.titles[name])
            for name in self.listed
        ]

    def _branch(self, slug: str) -> Branch:
        below = tuple(self._branch(name) for name in self.below.get(slug, ()))
        return Branch(slug, self.titles[slug], below)
