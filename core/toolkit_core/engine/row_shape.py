"""The shape of a result: what its columns are called, and how rows are made of raw rows.

A shape is worked out once per statement and kept with it: :class:`Shapes` finds it again by
what the driver's cursor says of the columns.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING, Any, NoReturn

from toolkit_core.engine.row import RESERVED_NAMES, Row
from toolkit_core.engine.row_reader import (
    Processor,
    Reader,
    mapping_reader,
    plain_reader,
    row_reader,
    scalar_reader,
)
from toolkit_core.errors import AmbiguousColumnError, NoSuchColumnError
from toolkit_core.lazy_module import lazy_module
from toolkit_core.nearest import nearest

if TYPE_CHECKING:
    from toolkit_core.engine import result_into
else:
    result_into = lazy_module("toolkit_core.engine.result_into")

try:
    from _collections import _tuplegetter  # type: ignore[import-not-found]
except ImportError:  # pragma: no cover - PyPy has none
    from operator import itemgetter

    def _tuplegetter(position: int, doc: str) -> property:
        return property(itemgetter(position), doc=doc)


# Into how many classes the rows of one statement go before the memory of it starts anew.
_INTO_LIMIT = 16


class RowShape:
    """Names, look-up keys and value processors of the columns of a result.

    ``keys`` are, per column, further objects that find it in ``row._mapping``: columns, labels,
    other names.  ``locate`` is asked for the position of a key that is none of these.
    ``processors`` turn the driver's values into the user's; None leaves a column as it is, and
    a processor is called with None, too.  ``strict``: a name that two columns share finds
    neither and raises; otherwise, as in textual SQL, it finds the last.  ``unique_keys`` say,
    per column, what :meth:`Result.unique` compares of a value; None is the value itself.

    >>> shape = RowShape(["id", "price"], processors=[None, float])
    >>> shape.rows.many([(1, "2.50"), (2, "3")])
    [(1, 2.5), (2, 3.0)]
    """

    def __init__(
        self,
        names: Sequence[str],
        *,
        keys: Sequence[Sequence[Hashable]] = (),
        processors: Sequence[Processor | None] = (),
        strict: bool = False,
        locate: Callable[[Any], int | None] | None = None,
        unique_keys: Sequence[Callable[[Any], Hashable] | None] = (),
        of_scalars: bool = False,
        taken: tuple[int, ...] | None = None,
        width: int | None = None,
    ) -> None:
        self.names = tuple(names)
        self.keys = tuple(keys)
        self.processors = tuple(processors) if any(processors) else ()
        self.strict = strict
        self.locate = locate
        self.unique_keys = tuple(unique_keys) if any(unique_keys) else ()
        # The source gives values in place of rows with one column.
        self.of_scalars = of_scalars
        # Which of the `width` columns of a raw row are taken, in which order; None: all.
        self.taken = taken
        self.width = len(self.names) if width is None else width
        self._scalars: dict[int, Reader] = {}
        self._into: dict[tuple[type[Any], str], Reader] = {}
        self.index, self.ambiguous = _index(self.names, self.keys, strict=strict)

    @cached_property
    def row(self) -> type[Row]:
        """The class of the rows; made anew only where rows find columns by other keys."""
        plain = _plain_class(self.names, self.strict)
        if not self.keys and self.locate is None:
            return plain
        return type("Row", (plain,), {"__slots__": (), "__row_shape__": self})

    # -- looking up ---------------------------------------------------------------------

    def position(self, key: Any) -> int:
        """Return the position of a column in the row, by name or by object."""
        found = self.index.get(key)
        if found is None:
            if key in self.ambiguous:
                self.refuse_ambiguous(key)
            if self.locate is not None and not isinstance(key, str):
                found = self.locate(key)
            if found is None:
                raise self.no_such_column(key)
        return found

    def picked(self, key: Any) -> int:
        """Return the position of a column, by number, by name or by object."""
        if isinstance(key, int):
            return range(len(self.names))[key]
        return self.position(key)

    def has(self, key: Any) -> bool:
        """Tell whether a name or an object finds a column, be it ambiguously."""
        if key in self.index or key in self.ambiguous:
            return True
        return self.locate is not None and not isinstance(key, str) and self.locate(key) is not None

    def no_such_column(self, key: Any) -> NoSuchColumnError:
        """Say that there is no such column, and which one may have been meant."""
        near = self._nearest(str(key))
        return NoSuchColumnError(
            f"Could not locate column in row for column '{key}'",
            hint=near and f"{near!r}, the nearest name of a column of this row",
        )

    def refuse_ambiguous(self, key: Any) -> NoReturn:
        """Say that more than one column has that name."""
        raise AmbiguousColumnError(
            f"Ambiguous column name '{key}' in result set column descriptions",
            hint="label one of the columns, or read it by its position: row[0]",
        )

    def attribute(self, row: Row, name: str) -> Any:
        """Return the column that the row's class has no getter for, or raise."""
        found = self.index.get(name)
        if found is not None:
            return row[found]
        if name in self.ambiguous:
            self.refuse_ambiguous(name)
        near = self._nearest(name)
        raise AttributeError(
            f"Could not locate column in row for column '{name}'"
            + (f"; did you mean {near!r}?" if near else "")
        )

    def _nearest(self, name: str) -> str | None:
        return nearest(name, self.names)

    # -- other forms of a row -----------------------------------------------------------

    def as_dict(self, row: Row) -> dict[str, Any]:
        """Return the row as a dictionary."""
        if self.ambiguous:
            for name in self.names:
                if name in self.ambiguous:
                    self.refuse_ambiguous(name)
        return dict(zip(self.names, row, strict=True))

    def reduced_row(self, row: Row) -> tuple[Any, ...]:
        """Return how to pickle a row: with its names, and without the objects that find them."""
        return restore_row, (self.names, self.strict, tuple(row))

    def __reduce__(self) -> Any:
        return plain_shape, (self.names, self.strict)

    # -- readers of raw rows ------------------------------------------------------------

    @cached_property
    def rows(self) -> Reader:
        """Makes rows."""
        return row_reader(
            self.row,
            width=self.width,
            taken=self.taken,
            processors=self.processors,
            of_scalars=self.of_scalars,
            key=self._row_key() if self.unique_keys else None,
        )

    def _row_key(self) -> Callable[[Any], Hashable]:
        keys = self.unique_keys

        def row_key(row: Any) -> Hashable:
            return tuple(
                [value if key is None else key(value) for key, value in zip(keys, row, strict=True)]
            )

        return row_key

    @cached_property
    def mappings(self) -> Reader:
        """Makes mappings."""
        return mapping_reader(self.rows)

    @cached_property
    def first_column(self) -> Reader:
        """Makes the values of the first column."""
        return self.scalars(0)

    def scalars(self, key: Any) -> Reader:
        """Return a reader that makes the values of one column."""
        position = self.picked(key)
        reader = self._scalars.get(position)
        if reader is None:
            reader = self._scalars[position] = self._scalar_reader(position)
        return reader

    def _scalar_reader(self, position: int) -> Reader:
        if self.of_scalars:
            return plain_reader(self.unique_keys[0] if self.unique_keys else None)
        source = position if self.taken is None else self.taken[position]
        processor = self.processors[position] if self.processors else None
        return scalar_reader(source, processor, self.only((position,)).rows)

    def into(self, cls: type[Any], extra: str) -> Reader:
        """Return a reader that makes objects of a class."""
        reader = self._into.get((cls, extra))
        if reader is None:
            if len(self._into) >= _INTO_LIMIT:
                self._into.clear()
            reader = self._into[cls, extra] = result_into.into_reader(self, cls, extra)
        return reader

    # -- other shapes -------------------------------------------------------------------

    def find(self, description: Any) -> RowShape:
        """Return itself: a shape that does not depend on what the cursor describes."""
        return self

    def only(self, positions: tuple[int, ...]) -> RowShape:
        """Return the shape of rows that have only some of the columns."""
        if self.of_scalars and positions == (0,):
            return self
        taken = positions if self.taken is None else tuple(self.taken[p] for p in positions)
        return RowShape(
            [self.names[p] for p in positions],
            keys=[self.keys[p] for p in positions] if self.keys else (),
            processors=[self.processors[p] for p in positions] if self.processors else (),
            unique_keys=[self.unique_keys[p] for p in positions] if self.unique_keys else (),
            # The same column twice is not ambiguous.
            strict=self.strict and len(set(positions)) == len(positions),
            locate=self._locate_in(positions),
            taken=taken,
            width=self.width,
        )

    def _locate_in(self, positions: tuple[int, ...]) -> Callable[[Any], int | None] | None:
        locate = self.locate
        if locate is None:
            return None

        def relocate(key: Any) -> int | None:
            found = locate(key)
            return positions.index(found) if found in positions else None

        return relocate

    def beside(self, other: RowShape) -> RowShape:
        """Return the shape of rows that have another's columns after these."""
        taken = self.taken or tuple(range(self.width))
        more = other.taken or tuple(range(other.width))
        return RowShape(
            self.names + other.names,
            keys=_padded(self.keys, self.names, ()) + _padded(other.keys, other.names, ()),
            processors=_padded(self.processors, self.names, None)
            + _padded(other.processors, other.names, None),
            strict=self.strict,
            taken=taken + tuple(self.width + position for position in more),
            width=self.width + other.width,
        )

    def given_scalars(self) -> RowShape:
        """Return the shape of the same rows, from a source that gives scalars."""
        if len(self.names) != 1:
            return self
        return RowShape(
            self.names,
            keys=self.keys,
            strict=self.strict,
            locate=self.locate,
            unique_keys=self.unique_keys,
            of_scalars=True,
        )

    def finished(self) -> RowShape:
        """Return the shape of these rows once they are made: nothing is left to be done."""
        if not (self.processors or self.taken or self.of_scalars):
            return self
        return RowShape(
            self.names,
            keys=self.keys,
            strict=self.strict,
            locate=self.locate,
            unique_keys=self.unique_keys,
        )


def _padded(given: tuple[Any, ...], names: tuple[str, ...], nothing: Any) -> tuple[Any, ...]:
    return given or (nothing,) * len(names)


def _index(
    names: tuple[str, ...], keys: tuple[Sequence[Hashable], ...], *, strict: bool
) -> tuple[dict[Any, int], frozenset[Any]]:
    """Return the positions by name and by object, and what is found at more than one."""
    index: dict[Any, int] = {name: position for position, name in enumerate(names)}
    ambiguous: set[Any] = set()
    if strict and len(index) < len(names):
        ambiguous = {name for name in index if names.count(name) > 1}
    for position, objects in enumerate(keys):
        for key in objects:
            first = index.setdefault(key, position)
            # The same column under two names: either will do.
            if first != position and names[first] == names[position]:
                ambiguous.add(key)
    for key in ambiguous:
        del index[key]
    return index, frozenset(ambiguous)


# -- classes of rows ------------------------------------------------------------------------


@lru_cache(maxsize=1024)
def plain_shape(names: tuple[str, ...], strict: bool = False) -> RowShape:
    """Return the shape that has nothing but names; the same one for the same names."""
    return RowShape(names, strict=strict)


@lru_cache(maxsize=1024)
def _plain_class(names: tuple[str, ...], strict: bool) -> type[Row]:
    shape = plain_shape(names, strict)
    namespace: dict[str, Any] = {
        name: _tuplegetter(position, f"Column {name!r}.")
        for name, position in shape.index.items()
        if name not in RESERVED_NAMES and not (name.startswith("__") and name.endswith("__"))
    }
    for name in shape.ambiguous - RESERVED_NAMES:
        namespace[name] = property(partial(_read_attribute, shape, name))
    namespace.update(__slots__=(), __row_shape__=shape, _fields=names)
    return type("Row", (Row,), namespace)


def _read_attribute(shape: RowShape, name: str, row: Row) -> Any:
    return shape.attribute(row, name)


def restore_row(names: tuple[str, ...], strict: bool, values: tuple[Any, ...]) -> Row:
    """Make a row that was pickled."""
    return plain_shape(names, strict).row(values)


class Shapes:
    """The shapes that results of one statement have had, by what the driver said of them.

    ``SELECT *`` may mean other columns the next time, so what the cursor describes is compared
    each time: one comparison of tuples.  ``make`` gets the names and the description when they
    are new; without it shapes have names only.

    >>> shapes = Shapes()
    >>> description = (("id", None, None, None, None, None, None),)
    >>> shapes.find(description) is shapes.find(description)
    True
    """

    __slots__ = ("_by_names", "_last", "_make")

    # A statement whose columns keep changing has no use for old shapes.
    LIMIT = 16

    def __init__(self, make: Callable[[tuple[str, ...], Any], RowShape] | None = None) -> None:
        # One attribute, replaced as a whole: threads may share a statement.
        # Nothing equals the first one, not even a driver's idea of no description.
        self._last: tuple[Any, RowShape] = (object(), plain_shape(()))
        self._by_names: dict[tuple[str, ...], RowShape] | None = None
        self._make = make

    def find(self, description: Any) -> RowShape:
        """Return the shape for what a cursor describes."""
        known, shape = self._last
        if known == description:
            return shape
        return self._learn(description)

    def _learn(self, description: Any) -> RowShape:
        names = tuple([column[0] for column in description])
        by_names = self._by_names
        if by_names is None or len(by_names) >= self.LIMIT:
            by_names = self._by_names = {}
        shape = by_names.get(names)
        if shape is None:
            shape = plain_shape(names) if self._make is None else self._make(names, description)
            by_names[names] = shape
        self._last = (description, shape)
        return shape
