"""The values of one row, as a statement that writes was given them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from toolkit_core.errors import ArgumentError, CompileError
from toolkit_core.expression.coerce import expression
from toolkit_core.expression.keys import Key, find_key, new_key
from toolkit_core.expression.no_value import refuse_mapped
from toolkit_core.expression.node import Node, children, declared, derived, value
from toolkit_core.expression.params import BindParameter
from toolkit_core.nearest import nearest
from toolkit_core.types import NULLTYPE, PLAIN

# Asked for each value of each row: in C.
_new = object.__new__
_is_plain = PLAIN.__contains__


@declared
class GivenRow(Node):
    """Values by the keys of their columns: plain ones in ``row``, SQL in ``expressions``.

    The plain values together are one leaf, however many there are: which columns have one is
    the structure, so a row of twenty values is built and found as fast as a row of two.
    """

    visit_name = "given_row"

    names: tuple[str, ...] = value()
    row: Mapping[str, Any] = derived()
    sql_names: tuple[str, ...] = value(default=())
    expressions: tuple[Node, ...] = children(default=())

    def _make_key(self) -> Key:
        keys = [node._key or node._make_key() for node in self.expressions]
        parts = (GivenRow, self.names, self.sql_names, *keys)
        key = self._key = find_key(parts) or new_key(parts)
        return key

    if not TYPE_CHECKING:

        @property
        def _leaves(self) -> tuple[Node, ...]:
            # Worked out when asked for: with itself kept on it, it would be a cycle.
            expressions = self.expressions
            if not expressions:
                return (self,)
            return (self, *[leaf for node in expressions for leaf in node._leaves])

    def same_leaf(self, other: Node) -> bool:
        """Tell whether the other has the same values."""
        return isinstance(other, GivenRow) and bool(self.row == other.row)

    def merged(self, later: GivenRow) -> GivenRow:
        """Return both rows as one; what was given later wins."""
        return given_row({**dict(self.items()), **dict(later.items())})

    def bound(self, columns: Any) -> GivenRow:
        """Return the same values as parameters of their own, with the types of these columns."""
        made = dict(self.items())
        for name in self.names:
            column = columns.get(name)
            one: BindParameter[Any] = BindParameter(
                type=NULLTYPE if column is None else column.type
            )
            one.value = self.row[name]
            made[name] = one
        return given_row({name: made[name] for name in made})

    def items(self) -> list[tuple[str, Any]]:
        """Return names and values, those in SQL at the end."""
        return [*self.row.items(), *zip(self.sql_names, self.expressions, strict=True)]


def given_row(values: Mapping[Any, Any]) -> GivenRow:
    """Sort out values by whether they are plain or SQL; keys are names or columns.

    >>> given_row({"id": 5, "name": None}).names
    ('id', 'name')
    """
    for key in values:
        if key.__class__ is not str:
            made: GivenRow = GivenRow.__new__(GivenRow)
            _sort_out(made, values)
            return made
    return named_row(values)


def named_row(values: Mapping[str, Any]) -> GivenRow:
    """Sort out values by whether they are plain or SQL; the keys are names."""
    made: Any = _new(GivenRow)
    if not all(map(_is_plain, map(type, values.values()))):
        for found in values.values():
            if found.__class__ in PLAIN:
                continue
            if is_sql(found):
                _sort_out(made, values)
                return made  # type: ignore[no-any-return]
            refuse_mapped(found)
    made.names = tuple(values)
    made.row = values
    return made  # type: ignore[no-any-return]


def _sort_out(made: GivenRow, values: Mapping[Any, Any]) -> None:
    plain: dict[str, Any] = {}
    in_sql: dict[str, Any] = {}
    for key, found in values.items():
        name = column_key(key)
        if is_sql(found):
            in_sql[name] = expression(expression_of(found))
        else:
            plain[name] = found
    made.names = tuple(plain)
    made.row = plain
    made.sql_names = tuple(in_sql)
    made.expressions = tuple(in_sql.values())


def is_sql(found: Any) -> bool:
    """Tell whether something is SQL rather than a value."""
    return isinstance(found, Node) or hasattr(found, "__clause_element__")


def expression_of(found: Any) -> Node:
    """Return the node that something is or stands for."""
    while not isinstance(found, Node):
        found = found.__clause_element__()
    return found


def column_key(key: Any) -> str:
    """Return the key of a column that was named by itself or by its key."""
    if isinstance(key, str):
        return key
    if is_sql(key):
        named = getattr(expression_of(key), "key", None)
        if isinstance(named, str):
            return named
    raise ArgumentError(f"a column or its name expected as the key of a value, got {key!r}")


def setting(found: Any, column: Any) -> Node:
    """Return what a column is set to, as SQL: a plain value becomes a parameter of its type."""
    type_ = NULLTYPE if column is None else column.type
    if is_sql(found):
        node = expression_of(found)
        if isinstance(node, BindParameter) and node.type is NULLTYPE:
            return node.but(type=type_)
        return expression(node)
    made: BindParameter[Any] = BindParameter(type=type_)
    made.value = found
    return made


def positional_row(values: Sequence[Any], keys: Sequence[str], table: str | None) -> GivenRow:
    """Return a row of values that were given in the order of the columns."""
    if len(values) > len(keys):
        raise ArgumentError(
            f"{len(values)} values are given for table {table!r}, which has {len(keys)} columns",
            hint="give a dictionary: then it is plain which value is for which column",
        )
    return given_row(dict(zip(keys, values, strict=False)))


def refuse_unknown(unknown: Sequence[str], known: Sequence[str], table: str | None) -> None:
    """Refuse names that are no columns, with the nearest that are."""
    hint = what_is_near(unknown, known, table)
    raise CompileError(f"Unconsumed column names: {', '.join(unknown)}", hint=hint)


def what_is_near(unknown: Sequence[str], known: Sequence[str], table: str | None) -> str:
    """Return which columns may have been meant by names that none has."""
    near = [match for name in unknown if (match := nearest(name, known))]
    if near:
        return f"did you mean {', '.join(map(repr, near))}?"
    return f"the columns of {table!r} are {', '.join(known) or 'none'}"
