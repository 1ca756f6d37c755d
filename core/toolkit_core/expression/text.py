"""SQL as the user wrote it, with named parameters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from toolkit_core.errors import ArgumentError
from toolkit_core.expression.keys import Key, find_key, new_key
from toolkit_core.expression.node import Node, Required, declared, derived, value
from toolkit_core.expression.written_sql import WrittenSQL
from toolkit_core.newer_typing import Self
from toolkit_core.plugins import load_object

if TYPE_CHECKING:
    from toolkit_core.expression.textual_select import TextualSelect

_TEXTUAL = "toolkit_core.expression.textual_select:textual_select"

# A name after a single colon, which is not escaped, doubled (a cast) or inside a word (a time).
# ``:memory:`` between colons is none.
_NAME = r"(?<![:\w\\]):(\w+)(?![:\w])"


# Of what classes values are that every driver takes as they are.
_PLAIN = frozenset((int, str, float, bytes, bool, type(None)))


@declared
class TextClause(WrittenSQL):
    r"""SQL text; ``:name`` marks a parameter, ``\:`` is a plain colon.

    >>> str(text("select :id"))
    'select :id'
    """

    visit_name = "textclause"
    inherits_key: ClassVar[bool] = True

    text: str = value()
    # What ``bindparams()`` gave: values by name, and whole parameters.
    values: Mapping[str, Any] = derived(default={})
    given: Mapping[str, Any] = derived(default={})
    # Whether one of them may have to be processed, or written in another way than as it is.
    is_typed: bool = derived(default=False)

    def __init__(self, text: str) -> None:
        if text.__class__ is not str and not isinstance(text, str):
            raise ArgumentError(f"text() takes SQL as a string, not {type(text).__name__}")
        self.text = text

    def bindparams(self, *binds: Any, **names_to_values: Any) -> Self:
        """Return the same text with values for some of its parameters, or types for them.

        >>> text("select :id").bindparams(id=5).values
        {'id': 5}
        """
        given = dict(self.given)
        for bind in binds:
            given[bind.key or bind.hint] = bind
        given.update(names_to_values)
        known = parameter_names(self.text)
        for name in given:
            if name not in known:
                raise ArgumentError(
                    f"This text() construct doesn't define a bound parameter named {name!r}",
                    hint="its parameters are " + (", ".join(known) or "none"),
                )
        values = {
            name: effective_value(found) if isinstance(found, Node) else found
            for name, found in given.items()
        }
        typed = any(found.__class__ not in _PLAIN for found in given.values())
        return self.but(given=given, values=values, is_typed=typed)

    def columns(self, *cols: Any, **types: Any) -> TextualSelect:
        """Tell which columns its rows have, so that it can be used as a SELECT is.

        >>> from toolkit_core.types import Integer
        >>> text("select id from person").columns(id=Integer).subquery("p").c.id.type
        Integer()
        """
        made: TextualSelect = load_object(_TEXTUAL)(self, cols, types)
        return made

    @property
    def binds(self) -> tuple[Any, ...]:
        """The parameters, one for each name, in order."""
        found: tuple[Any, ...] | None = self.__dict__.get("_binds")
        if found is None:
            found = tuple([self._bind(name) for name in parameter_names(self.text)])
            self.__dict__["_binds"] = found
        return found

    def _bind(self, name: str) -> Any:
        found = self.given.get(name, Required)
        if isinstance(found, Node):
            return found
        # A text that is sent as it is needs no expressions, so their file is fetched here.
        bindparam = load_object("toolkit_core.expression.params:bindparam")
        return bindparam(name) if found is Required else bindparam(name, found)

    def walked(self) -> Iterator[Node]:
        """Yield the parameters."""
        return iter(self.binds)

    def but(self, **changes: Any) -> Self:
        """Return a copy with other values for some fields."""
        copy = super().but(**changes)
        copy.__dict__.pop("_binds", None)
        return copy

    def _make_key(self) -> Key:
        binds = self.binds
        parts: tuple[Any, ...] = (
            type(self),
            self.text,
            self.with_options,
            tuple([bind.structure() for bind in binds]),
            tuple([option.structure() for option in self.loader_options]),
        )
        key = find_key(parts) or new_key(parts)
        self._leaves = binds
        for option in self.loader_options:
            self._leaves += option._leaves
        self._key = key
        return key

    def __str__(self) -> str:
        return self.text.replace("\\:", ":")

    def __repr__(self) -> str:
        return f"text({self.text!r})"


def effective_value(bind: Any) -> Any:
    """Return the value of a parameter."""
    return bind.effective_value


def text(text: str) -> TextClause:
    """Make a statement of SQL text.

    >>> text("select name from person where id = :id")
    text('select name from person where id = :id')
    """
    return TextClause(text)


def parameter_names(sql: str) -> tuple[str, ...]:
    r"""Return the names of the parameters in a text, each once, in order.

    >>> parameter_names(r"select :a, :b, :a, 12:30, x::int, \:plain")
    ('a', 'b')
    """
    return tuple(dict.fromkeys(re.findall(_NAME, sql)))


def split_text(sql: str) -> tuple[list[str], list[str]]:
    r"""Cut a text at its parameters: n + 1 pieces of SQL, and the n names between them.

    >>> split_text(r"a = :x and b = '\:y'")
    (['a = ', " and b = ':y'"], ['x'])
    """
    parts = re.split(_NAME, sql)
    pieces = [piece.replace("\\:", ":") for piece in parts[::2]]
    return pieces, parts[1::2]
