"""Keys with texts, as the extension ``hstore`` keeps them.

https://www.postgresql.org/docs/current/hstore.html
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from toolkit_core.dialect.expressions import (
    BindParameter,
    ColumnElement,
    Comparator,
    binary,
    custom_op,
    expression,
    func,
    operators,
)
from toolkit_core.dialect.types import (
    Concatenable,
    Indexable,
    OperatorClass,
    Processor,
    Text,
    TypeDialect,
    TypeEngine,
    Writes,
)
from toolkit_postgresql.types.array import ARRAY
from toolkit_postgresql.types.literals import typed
from toolkit_postgresql.types.operators import comparing, giving
from toolkit_postgresql.types.table import postgresql_types

TEXT = Text()
CONTAINS = comparing("@>")
CONTAINED_BY = comparing("<@")
HAS_KEY = comparing("?")
HAS_ANY = comparing("?|")
HAS_ALL = comparing("?&")
CONCATENATED = giving("||")


class HSTOREComparator(Comparator):
    """The operators of HSTORE."""

    def has_key(self, other: Any) -> ColumnElement[bool]:
        """Whether a key is there."""
        return self._applied(HAS_KEY, self._text(other))

    def has_all(self, other: Any) -> ColumnElement[bool]:
        """Whether all of some keys are there."""
        return self._applied(HAS_ALL, self._texts(other))

    def has_any(self, other: Any) -> ColumnElement[bool]:
        """Whether one of some keys is there."""
        return self._applied(HAS_ANY, self._texts(other))

    def contains(self, other: Any, **kwargs: Any) -> ColumnElement[bool]:
        """Whether all keys of another one are in this one, with the same texts."""
        return self._applied(CONTAINS, self._whole(other))

    def contained_by(self, other: Any) -> ColumnElement[bool]:
        """Whether all keys of this one are in another one, with the same texts."""
        return self._applied(CONTAINED_BY, self._whole(other))

    def concat(self, other: Any) -> ColumnElement[Any]:
        """Put two together: of keys in both, the second one's text stays."""
        return CONCATENATED.build(self.expr, CONCATENATED, self._whole(other))  # type: ignore[no-any-return]

    def __add__(self, other: Any) -> ColumnElement[Any]:
        """Put two together."""
        return self.concat(other)

    def __getitem__(self, key: Any) -> ColumnElement[Any]:
        """Return the text of a key."""
        return binary(self.expr, operators.getitem, self._text(key), (), self.expr.type.text_type)

    def defined(self, key: Any) -> ColumnElement[bool]:
        """Whether a key is there, with a text that is not NULL."""
        return func.defined(self.expr, key)  # type: ignore[no-any-return]

    def delete(self, key: Any) -> ColumnElement[Any]:
        """Leave out a key, or those of a list or of another HSTORE."""
        given = self._texts(key) if isinstance(key, (list, tuple)) else key
        given = self._whole(given) if isinstance(given, dict) else given
        return func.delete(self.expr, given, type_=self.expr.type)  # type: ignore[no-any-return]

    def slice(self, array: Any) -> ColumnElement[Any]:
        """Keep only the keys of an array."""
        return func.slice(self.expr, self._texts(array), type_=self.expr.type)  # type: ignore[no-any-return]

    def keys(self) -> ColumnElement[Any]:
        """Return the keys, as an array."""
        return func.akeys(self.expr, type_=ARRAY(TEXT))  # type: ignore[no-any-return]

    def vals(self) -> ColumnElement[Any]:
        """Return the texts, as an array."""
        return func.avals(self.expr, type_=ARRAY(TEXT))  # type: ignore[no-any-return]

    def array(self) -> ColumnElement[Any]:
        """Return keys and texts by turns, as an array."""
        return func.hstore_to_array(self.expr, type_=ARRAY(TEXT))  # type: ignore[no-any-return]

    def matrix(self) -> ColumnElement[Any]:
        """Return an array of pairs."""
        return func.hstore_to_matrix(self.expr, type_=ARRAY(TEXT, dimensions=2))  # type: ignore[no-any-return]

    def _text(self, found: Any) -> ColumnElement[Any]:
        return expression(found, TEXT, self.expr.names_parameter)

    def _whole(self, found: Any) -> ColumnElement[Any]:
        return expression(found, self.expr.type, self.expr.names_parameter)

    def _texts(self, found: Any) -> Any:
        if not isinstance(found, (list, tuple)):
            return found
        made: BindParameter[Any] = BindParameter(type=ARRAY(TEXT))
        made.value = list(found)
        return made

    def _applied(self, operator: custom_op, other: Any) -> ColumnElement[bool]:
        return operator.build(self.expr, operator, other)  # type: ignore[no-any-return]


class HSTORE(Indexable, Concatenable, TypeEngine[Mapping[str, Any]]):
    """PostgreSQL's ``HSTORE``: a dictionary of texts.  The extension must be installed."""

    visit_name = "HSTORE"
    operator_classes = OperatorClass.BASE | OperatorClass.CONTAINS | OperatorClass.CONCATENABLE
    hashable = False

    Comparator: Any = HSTOREComparator
    comparator_factory: Any = HSTOREComparator

    text_type: TypeEngine[Any] = TEXT

    def __init__(self, text_type: Any = None) -> None:
        if text_type is not None:
            self.text_type = text_type

    @property
    def python_type(self) -> type[Any]:
        """``dict``."""
        return dict


def hstore_text(value: Any) -> str:
    r"""Return a dictionary as HSTORE's text.

    >>> print(hstore_text({"a": '1"', "b": None}))
    "a"=>"1\"", "b"=>NULL
    """
    pairs = []
    for key, found in value.items():
        if not isinstance(key, str) or not (found is None or isinstance(found, str)):
            raise ValueError(f"HSTORE keeps texts by texts, not {key!r}: {found!r}")
        pairs.append(f"{_quoted(key)}=>{'NULL' if found is None else _quoted(found)}")
    return ", ".join(pairs)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


_PAIR = re.compile(r'"((?:[^"\\]|\\.)*)"\s*=>\s*(?:(NULL)|"((?:[^"\\]|\\.)*)")', re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def pairs_of(text: str) -> dict[str, str | None]:
    r"""Read HSTORE's text.

    >>> pairs_of(r'"a"=>"1\"", "b"=>NULL')
    {'a': '1"', 'b': None}
    """
    return {
        _ESCAPED.sub(r"\1", key): None if null else _ESCAPED.sub(r"\1", found)
        for key, null, found in _PAIR.findall(text)
    }


@postgresql_types.bind(HSTORE)
def bind_hstore(type_: HSTORE, dialect: TypeDialect) -> Processor:
    """Send the text."""
    return lambda value: hstore_text(value) if isinstance(value, Mapping) else value


@postgresql_types.result(HSTORE)
def read_hstore(type_: HSTORE, dialect: TypeDialect, coltype: Any) -> Processor:
    """Read the text, unless the driver did."""
    return lambda value: pairs_of(value) if isinstance(value, str) else value


@postgresql_types.literal(HSTORE)
def write_hstore(type_: HSTORE, dialect: TypeDialect) -> Writes:
    """Write the text."""
    return typed("HSTORE", dialect, hstore_text)
