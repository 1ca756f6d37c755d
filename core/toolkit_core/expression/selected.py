"""What the columns of a SELECT are called: in its SQL, and in what is made of it.

A name is a text where it can be told from the SELECT alone.  Where it cannot, as for ``a + 1``
or for a second ``id``, it is a ``FoundName``: whoever writes the statement finds a name for it,
the same wherever it occurs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from toolkit_core.errors import InvalidRequestError
from toolkit_core.expression.binary import UnaryExpression
from toolkit_core.expression.casts import Cast, TypeCoerce
from toolkit_core.expression.column_collection import ColumnCollection
from toolkit_core.expression.column_element import ColumnElement
from toolkit_core.expression.from_clause import FromClause
from toolkit_core.expression.label_style import (
    LABEL_STYLE_LEGACY_ORM,
    LABEL_STYLE_NONE,
    LABEL_STYLE_TABLENAME_PLUS_COL,
    SelectLabelStyle,
)
from toolkit_core.expression.labels import Label
from toolkit_core.expression.source_column import Exported


class FoundName:
    """A name that is found on writing: after a hint, with a number, one for each ``identity``."""

    __slots__ = ("hint", "identity", "keeps")

    def __init__(self, hint: str | FoundName, keeps: Any, nth: int = 0) -> None:
        self.hint = hint
        # The thing is kept with its name, so that its identity is not given to another.
        self.keeps = keeps
        self.identity = (id(keeps), nth)


class SourcePrefixed:
    """A name of two: that of a source, which is found on writing, and that of its column."""

    __slots__ = ("name", "source")

    def __init__(self, source: Any, name: str) -> None:
        self.source = source
        self.name = name

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, SourcePrefixed):
            return False
        return self.source is other.source and self.name == other.name

    def __hash__(self) -> int:
        return hash((id(self.source), self.name))


class Selected:
    """One column of a SELECT.

    ``name`` is a text, a name to be found, or None for plain text, whose names are its own
    business.  ``bare`` tells that its SQL ends in that name already; ``again`` is what it is
    called where it was selected before.
    """

    __slots__ = ("again", "bare", "column", "key", "name", "nameless", "plain")

    def __init__(self, column: Any, key: str | None, name: Any) -> None:
        self.column = column
        self.key = key
        self.name = name
        self.bare = False
        # Whether it is a column of a source, or a column by its name alone.
        self.plain = False
        # Whether it needs a name only where others read it.
        self.nameless = False
        # What it is called where it comes first.
        self.again: Any = None


def selected_by(raw_columns: Iterable[Any]) -> Iterator[Any]:
    """Yield the columns of a SELECT; a source stands for all of its own."""
    for _, column in _keyed(raw_columns):
        yield column


def _keyed(raw_columns: Iterable[Any]) -> Iterator[tuple[str | None, Any]]:
    """Yield the columns of a SELECT, those of a source with the keys that it has them by."""
    for entity in raw_columns:
        if isinstance(entity, FromClause):
            yield from entity.exported_columns.items()
        elif getattr(entity, "visit_name", "") == "bundle":
            yield from _keyed(entity.columns)
        else:
            yield None, entity


def named(raw_columns: Iterable[Any], style: SelectLabelStyle) -> list[Selected]:
    """Return the columns of a SELECT with their names."""
    names = _Names()
    keys: dict[str, int] = {}
    found: list[Selected] = []
    for key, column in _keyed(raw_columns):
        if not isinstance(column, ColumnElement):
            found.append(Selected(column, None, None))
            continue
        one = _first_name(column, style, key)
        one.key = _unused_key(str(one.key), keys)
        found.append(one)
        if isinstance(column, Label):
            names.take(one.name, column)
        elif style is LABEL_STYLE_NONE:
            own = one.name
            if one.plain and column.table is not None:
                # Only others that read them have to tell them apart.
                names.tell_apart(one)
                one.nameless = one.name is not own
            else:
                names.take(own, column)
        elif one.nameless or (one.plain and column.table is None):
            # What belongs to no source is written as it was given.
            continue
        else:
            names.tell_apart(one)
    return found


def row_names(raw_columns: Iterable[Any], style: SelectLabelStyle) -> list[str | None]:
    """Return what rows call the columns of a SELECT about classes; None: plain text, unnamed.

    A function goes by its own name, an attribute by its key, whatever the SQL calls them; what
    has no name of its own goes as ``_no_label``; and a name that is there already gets a number.
    A Query only knows the names of columns and labels, as often as they are there.
    """
    found = named(raw_columns, style)
    if style is LABEL_STYLE_NONE:
        # A key that is there twice stays so.
        return [
            _first_name(one.column, style).key if one.key is not None else None for one in found
        ]
    if style is not LABEL_STYLE_LEGACY_ORM:
        return [one.key for one in found]
    return [one.column.key if one.plain or isinstance(one.column, Label) else None for one in found]


class _Names:
    """The names that the columns of one SELECT have so far."""

    def __init__(self) -> None:
        self.used: dict[Any, Any] = {}
        self.repeated = 0

    def take(self, name: Any, column: Any) -> Any:
        """Give a name to a column; return which column has it already, None if none has."""
        identity = name.identity if isinstance(name, FoundName) else name
        owner = self.used.get(identity)
        if owner is None:
            self.used[identity] = column
        return owner

    def tell_apart(self, one: Selected) -> None:
        """Give a column a name of its own: its first, or that with a number."""
        column, name = one.column, one.name
        owner = self.take(name, column)
        if owner is None:
            return
        one.bare = False
        if owner is not column and one.plain:
            name = FoundName(name, column)
            if self.take(name, column) is None:
                one.name = name
                return
            owner = column
        # The same column again, or an expression that is called like another.
        self.repeated += 1
        if owner is column:
            one.again = name
        one.name = FoundName(_doubled(name), column, self.repeated)


def _doubled(name: Any) -> Any:
    """Return the hint for the name of a column that was selected before."""
    if isinstance(name, FoundName):
        return _doubled(name.hint)
    return f"{name}_" if isinstance(name, str) else name


def _first_name(
    column: ColumnElement[Any], style: SelectLabelStyle, key: str | None = None
) -> Selected:
    """Return a column with the name that it would have alone."""
    if isinstance(column, Label):
        return _labelled(column)
    if not _is_plain(column):
        one = _unnamed(column, style)
        one.key = key or one.key
        return one
    plain: Any = column
    own = plain.name
    key = key or plain.key
    found_name = plain.found_name if type(column) in _FINDING else None
    one = Selected(column, key, own if found_name is None else found_name)
    one.plain = one.bare = True
    if style in _WITH_SOURCES and plain.table is not None:
        source = plain.labelled_as_of or plain.table
        prefix = _prefix(source)
        if own is not None:
            one.name = _free(source, prefix, own) if prefix else SourcePrefixed(source, own)
            one.bare = False
            if style is LABEL_STYLE_TABLENAME_PLUS_COL:
                one.key = _free(source, prefix or source.names_alias, key)
    return one


def _labelled(label: Label[Any]) -> Selected:
    if label.name is None:
        hint = label.element.name or "anon"
        return Selected(label, hint, FoundName(hint, label))
    return Selected(label, label.name, label.name)


def _unnamed(column: ColumnElement[Any], style: SelectLabelStyle) -> Selected:
    """Return what is no plain column: a function has a name of its own, a cast its operand's."""
    inner: Any = column
    while isinstance(inner, (Cast, TypeCoerce)):
        inner = inner.clause
    while inner.visit_name in _OF_FUNCTIONS:
        inner = inner.element
    if inner.visit_name == "function" and inner.name:
        # Of ROLLUP and its like only the spelling is in capitals.
        name = getattr(inner, "identifier", inner.name)
        return Selected(column, name, FoundName(name, column))
    if inner is not column and inner.name is not None:
        if isinstance(inner, Label):
            return Selected(column, inner.name, inner.name)
        if _is_plain(inner):
            as_column = _first_name(inner, style)
            return Selected(column, as_column.key, as_column.name)
    one = Selected(column, "_no_label", FoundName("anon", column))
    one.nameless = isinstance(column, UnaryExpression) and _is_plain(column.element)
    return one


# The styles whose SQL names columns with their sources; a Query's rows do not.
_WITH_SOURCES = (LABEL_STYLE_TABLENAME_PLUS_COL, LABEL_STYLE_LEGACY_ORM)
# What is called as the function is that it says more of.
_OF_FUNCTIONS = frozenset(("withingroup", "aggregateorderby"))
# Of each class of expressions, whether they are plain columns; and those that have names to find.
_PLAIN: dict[type, bool] = {}
_FINDING: set[type] = set()


def _is_plain(column: Any) -> bool:
    """Tell whether an expression is a column of a source, or a column by its name alone."""
    cls = column.__class__
    found = _PLAIN.get(cls)
    if found is None:
        found = _PLAIN[cls] = hasattr(cls, "table") or "table" in column.__dict__
        if hasattr(cls, "found_name"):
            _FINDING.add(cls)
    return found


def _free(source: Any, prefix: str, name: str) -> str:
    """Return a name with its source's before it; a number tells it from another column there."""
    found = wanted = f"{prefix}_{name}"
    number = 1
    while found in source.c:
        found = f"{wanted}_{number}"
        number += 1
    return found


def _prefix(source: Any) -> str | None:
    if source.name is None:
        return None
    return source.name if source.schema is None else f"{source.schema}_{source.name}"


def _unused_key(key: str, used: dict[str, int]) -> str:
    """Return a key, with a number where it is there already."""
    if key not in used:
        used[key] = 0
        return key
    while True:
        used[key] += 1
        numbered = f"{key}_{used[key]}"
        if numbered not in used:
            used[numbered] = 0
            return numbered


def collection(found: Iterable[Selected]) -> ColumnCollection:
    """Return the columns of a SELECT by their keys; plain text is none."""
    return ColumnCollection((one.key, one.column) for one in found if one.key is not None)


def exported_by(found: Iterable[Selected]) -> list[Exported]:
    """Return the columns of a SELECT as a source made of it has them."""
    made: list[Exported] = []
    labels: set[str] = set()
    for one in found:
        if one.key is None:
            continue
        name = one.name if one.again is None else one.again
        if isinstance(one.column, Label) and isinstance(name, str):
            if name in labels:
                raise InvalidRequestError(
                    f"Label name {name} is being renamed to an anonymous label due to "
                    "disambiguation which is not supported right now.  Please use unique names "
                    "for explicit labels."
                )
            labels.add(name)
        known = one.plain or isinstance(name, str)
        parameter = one.key if known else None
        if isinstance(name, str):
            made.append(Exported(one.column, one.key, name, None, parameter))
        else:
            made.append(Exported(one.column, one.key, None, name, parameter))
    return made
