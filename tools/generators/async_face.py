"""What is said of an asynchronous face that is to be written."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Renamed:
    """A method under another name: what it says of itself, and what it returns in place of Any."""

    name: str
    docstring: str
    anything: str


@dataclass(frozen=True)
class Face:
    """A class to be written: its head, the class that it is the face of, and its methods.

    ``ways`` maps a way of `BODIES` to the methods that go it; ``names`` are put in place of others;
    ``renamed`` are methods that are called otherwise here.
    """

    header: str
    source: str
    ways: dict[str, str]
    names: dict[str, str] = field(default_factory=dict)
    renamed: dict[str, Renamed] = field(default_factory=dict)
