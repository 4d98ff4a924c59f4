"""A paper of everything a pack can hold, written by hand so that the press is tested alone."""

from dataclasses import dataclass, field, replace

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="50" viewBox="0 0 100 50">'
    '<rect width="100" height="50" fill="#12436D"/>'
    '<text x="5" y="30" style="font: 12px Arial, sans-serif" fill="#fff">a chart</text></svg>'
)


@dataclass(frozen=True)
class Words:
    paragraphs: tuple
    role: str = "narrative"
    block: str = "words"


@dataclass(frozen=True)
class Heading:
    text: str
    number: bool = False


@dataclass(frozen=True)
class Group:
    name: str
    rows: tuple


@dataclass(frozen=True)
class Grid:
    caption: str
    headings: tuple
    groups: tuple
    block: str = "grid"


@dataclass(frozen=True)
class Picture:
    svg: str
    alt: str
    block: str = "picture"


@dataclass(frozen=True)
class Pair:
    left: object
    right: object
    block: str = "pair"


@dataclass(frozen=True)
class Section:
    heading: str
    blocks: tuple


def table(*rows, caption="A caption"):
    headings = (Heading("Trust"), Heading("Score", number=True))
    return Grid(caption, headings, (Group("", tuple(rows)),))


@dataclass(frozen=True)
class Paper:
    """A paper about somebody, one section of each kind of block."""

    title: str = "Somebody NHS Trust"
    subtitle: str = "Q1 2025/26: board paper"
    status: str = "Independent"
    cover: Grid = field(default_factory=lambda: table(("Meeting", "[to be completed]"), caption=""))
    sections: tuple = (
        Section("First", (Words(("One sentence.", "Another sentence.")),)),
        Section("Second", (Pair(Picture(SVG, "Bars. Two in segment 1."), table(("A", "1.50"))),)),
        Section("Third", (Picture(SVG, "Strips. A: 1.50."), Words(("Nothing.",), "notice"))),
    )

    def saying(self, *sections):
        return replace(self, sections=sections)
