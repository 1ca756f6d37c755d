"""One statement for many rows: the SQL of a row, as often as there are rows.

An INSERT is written for one row, and so is the list of rows that an UPDATE or DELETE goes by.
Where the row stands among the pieces is noted; here it is repeated, with placeholders of its own
each time, in whatever style the driver has.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from toolkit_core.compiler.writer import Late, Slot
from toolkit_core.facts import ParamStyle

if TYPE_CHECKING:
    from toolkit_core.compiler.dml_state import DMLState
    from toolkit_core.facts import Style

# Styles whose placeholders say nothing: the SQL of a row is the same each time.
_ALIKE = (ParamStyle.QMARK, ParamStyle.FORMAT)
# Pages are of one size, but for the last: few texts are worth keeping.
_KEPT = 4


class Place(str):  # noqa: SLOT000 - it has an attribute of its own
    """The place of a value, which has this name."""

    name: str


class RowTemplate:
    """The pieces before the row, of the row, and after it."""

    __slots__ = ("after", "before", "positional", "row", "separator", "style", "texts", "width")

    def __init__(self, pieces: Sequence[str], state: DMLState, style: Style) -> None:
        self.style = style
        self.positional = style.paramstyle.positional
        self.separator = state.separator
        self.before = _places(pieces[: state.row_start])
        self.row = _places(pieces[state.row_start : state.row_end])
        self.after = _places(pieces[state.row_end :])
        # How many values a row has.
        self.width = len(names_in(self.row))
        self.texts: dict[int, str] = {}

    @property
    def outside(self) -> frozenset[str]:
        """The names of values that are of no row."""
        return frozenset((*names_in(self.before), *names_in(self.after)))

    def most(self, page_size: int) -> int:
        """Return how many rows one statement may have."""
        outside = len(names_in(self.before)) + len(names_in(self.after))
        room = (self.style.max_parameters - outside) // max(1, self.width)
        return max(1, min(page_size, room)) if self.width else 1

    def sql(self, count: int) -> str:
        """Return the SQL for so many rows."""
        text = self.texts.get(count)
        if text is None:
            if len(self.texts) >= _KEPT:
                self.texts.clear()
            text = self.texts[count] = self._written(count)
        return text

    def _written(self, count: int) -> str:
        if self.style.paramstyle in _ALIKE:
            row = "".join(self.row)
            rows = row + f"{self.separator}{row}" * (count - 1)
            return f"{''.join(self.before)}{rows}{''.join(self.after)}"
        out: list[str] = []
        at = self._write(self.before, "", 0, out)
        for number in range(count):
            if number:
                out.append(self.separator)
            at = self._write(self.row, f"__{number}", at, out)
        self._write(self.after, "", at, out)
        return "".join(out)

    def _write(self, pieces: Sequence[str], ending: str, at: int, out: list[str]) -> int:
        for piece in pieces:
            if isinstance(piece, Place):
                at += 1
                out.append(self.style.placeholder(piece.name + ending, at))
            else:
                out.append(piece)
        return at

    def together(self, page: Sequence[Any]) -> Any:
        """Return the values of several sets, each as the driver would take it, as one set."""
        first = page[0]
        if not self.positional:
            names = names_in(self.row)
            values = {name: first[name] for name in self.outside}
            for number, one in enumerate(page):
                for name in names:
                    values[f"{name}__{number}"] = one[name]
            return values
        start = len(names_in(self.before))
        end = start + self.width
        whole = [*first[:start]]
        for one in page:
            whole += one[start:end]
        whole += first[end:]
        return tuple(whole)


def _places(pieces: Sequence[str]) -> list[str]:
    """Return pieces without what they know of the statement that was written."""
    found: list[str] = []
    for piece in pieces:
        if isinstance(piece, Slot):
            place = Place(piece)
            place.name = piece.name
            found.append(place)
        else:
            found.append(piece)
    return found


def names_in(pieces: Sequence[str]) -> list[str]:
    """Return the names of the values in pieces, in order."""
    return [piece.name for piece in pieces if isinstance(piece, Place)]


def template_of(pieces: Sequence[str], state: DMLState, style: Style) -> RowTemplate | None:
    """Return the template of a statement; None if it has no row that can be repeated."""
    if not state.row_end or any(isinstance(piece, Late) for piece in pieces):
        return None
    return RowTemplate(pieces, state, style)
