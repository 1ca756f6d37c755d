"""The least that a language of nodes can be in plain Python, to know what no library can go below.

One slotted object for each thing that is said, and one call to write it: no types, no errors, no
quoting, no names that must be told apart, no dialects, nothing found out by itself.  It knows what
`complex_question` says and no more, and is no competitor: what it takes is the floor of that row.
"""

from __future__ import annotations

from typing import Any

__all__ = ["case", "exists", "func", "item", "not_", "or_", "select"]


class Part:
    """Anything that can be said."""

    __slots__ = ()

    def write(self, out: list[str], binds: list[Any]) -> None:
        """Add the text, and the values in it."""
        raise NotImplementedError

    def __eq__(self, other: object) -> Any:
        return Binary(self, " = ", other if isinstance(other, Part) else Bind(other))

    def __ne__(self, other: object) -> Any:
        return Binary(self, " != ", other if isinstance(other, Part) else Bind(other))

    def __lt__(self, other: Any) -> Any:
        return Binary(self, " < ", other if isinstance(other, Part) else Bind(other))

    def __gt__(self, other: Any) -> Any:
        return Binary(self, " > ", other if isinstance(other, Part) else Bind(other))

    def __ge__(self, other: Any) -> Any:
        return Binary(self, " >= ", other if isinstance(other, Part) else Bind(other))

    def __add__(self, other: Any) -> Any:
        return Binary(self, " + ", other if isinstance(other, Part) else Bind(other))

    def __mul__(self, other: Any) -> Any:
        return Binary(self, " * ", other if isinstance(other, Part) else Bind(other))

    __hash__ = object.__hash__

    def label(self, name: str) -> Any:
        """Name it."""
        return Binary(self, " AS ", Name(name))

    def between(self, low: Any, high: Any) -> Any:
        """Compare with two values."""
        return Binary(self, " BETWEEN ", Binary(Bind(low), " AND ", Bind(high)))

    def like(self, pattern: str) -> Any:
        """Compare with a pattern."""
        return Binary(self, " LIKE ", Bind(pattern))

    def is_not(self, _none: None) -> Any:
        """Compare with NULL."""
        return Around("", self, " IS NOT NULL")

    def desc(self) -> Any:
        """Sort downwards."""
        return Around("", self, " DESC")


class Bind(Part):
    """A value."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value

    def write(self, out: list[str], binds: list[Any]) -> None:
        out.append("?")
        binds.append(self.value)


class Name(Part):
    """A word."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def write(self, out: list[str], binds: list[Any]) -> None:
        out.append(self.name)


class Binary(Part):
    """Two things with a word between them."""

    __slots__ = ("left", "right", "word")

    def __init__(self, left: Any, word: str, right: Any) -> None:
        self.left = left
        self.word = word
        self.right = right

    def write(self, out: list[str], binds: list[Any]) -> None:
        self.left.write(out, binds)
        out.append(self.word)
        self.right.write(out, binds)


class Around(Part):
    """Words around something."""

    __slots__ = ("after", "before", "element")

    def __init__(self, before: str, element: Any, after: str) -> None:
        self.before = before
        self.element = element
        self.after = after

    def write(self, out: list[str], binds: list[Any]) -> None:
        out.append(self.before)
        self.element.write(out, binds)
        out.append(self.after)


class Listed(Part):
    """Several things with a word between them."""

    __slots__ = ("parts", "word")

    def __init__(self, word: str, parts: tuple[Any, ...]) -> None:
        self.word = word
        self.parts = parts

    def write(self, out: list[str], binds: list[Any]) -> None:
        first = True
        for part in self.parts:
            if not first:
                out.append(self.word)
            first = False
            part.write(out, binds)


class Columns:
    """Columns of a source, made when first asked for."""

    def __init__(self, name: str) -> None:
        self.prefix = name

    def __getattr__(self, name: str) -> Name:
        made = self.__dict__[name] = Name(f"{self.prefix}.{name}")
        return made


class Source(Part):
    """A table, or a CTE with its statement."""

    __slots__ = ("c", "element", "name")

    def __init__(self, name: str, element: Any = None) -> None:
        self.name = name
        self.element = element
        self.c = Columns(name)

    def alias(self, name: str) -> Source:
        """Name it otherwise."""
        return Source(name)


class Call(Part):
    """A function."""

    __slots__ = ("arguments", "name")

    def __init__(self, name: str, arguments: tuple[Any, ...]) -> None:
        self.name = name
        self.arguments = arguments

    def write(self, out: list[str], binds: list[Any]) -> None:
        out.append(self.name)
        Listed(", ", self.arguments).write(out, binds)
        out.append(")")

    def over(self, partition_by: Any, order_by: Any) -> Any:
        """Look at other rows."""
        window = Binary(partition_by, " ORDER BY ", order_by)
        return Binary(self, " OVER (PARTITION BY ", Around("", window, ")"))


class Functions:
    """Functions by their names."""

    def __getattr__(self, name: str) -> Any:
        def call(*arguments: Any) -> Call:
            given = [one if isinstance(one, Part) else Bind(one) for one in arguments]
            return Call(f"{name}(", tuple(given) or (STAR,))

        self.__dict__[name] = call
        return call


class Select(Part):
    """A SELECT; what it reads from is told, and not found."""

    __slots__ = ("columns", "criteria", "groups", "joins", "order", "rest", "source")

    def __init__(
        self,
        columns: tuple[Any, ...],
        source: str,
        criteria: tuple[Any, ...] = (),
        groups: tuple[Any, ...] = (),
        joins: tuple[Any, ...] = (),
        order: tuple[Any, ...] = (),
        rest: tuple[Any, ...] = (),
    ) -> None:
        self.columns = columns
        self.source = source
        self.criteria = criteria
        self.groups = groups
        self.joins = joins
        self.order = order
        self.rest = rest

    def but(self, **changes: Any) -> Select:
        """Return a copy with a change."""
        return Select(
            self.columns,
            self.source,
            changes.get("criteria", self.criteria),
            changes.get("groups", self.groups),
            changes.get("joins", self.joins),
            changes.get("order", self.order),
            changes.get("rest", self.rest),
        )

    def where(self, *criteria: Any) -> Select:
        """Add conditions."""
        return self.but(criteria=self.criteria + criteria)

    def group_by(self, *groups: Any) -> Select:
        """Group."""
        return self.but(groups=groups)

    def having(self, condition: Any) -> Select:
        """Choose groups."""
        return self.but(groups=(Binary(self.groups[0], " HAVING ", condition),))

    def join(self, source: Source, condition: Any) -> Select:
        """Join."""
        return self.but(joins=(source, condition))

    def order_by(self, *order: Any) -> Select:
        """Sort."""
        return self.but(order=order)

    def limit(self, count: int) -> Select:
        """Take the first."""
        return self.but(rest=(Bind(count),))

    def offset(self, count: int) -> Select:
        """Leave the first out."""
        return self.but(rest=(*self.rest, Bind(count)))

    def cte(self, name: str) -> Source:
        """Put it before another one."""
        return Source(name, self)

    def scalar_subquery(self) -> Around:
        """Use it as a value."""
        return Around("(", self, ")")

    def write(self, out: list[str], binds: list[Any]) -> None:
        if self.joins:
            out.append(f"WITH {self.joins[0].name} AS (")
            self.joins[0].element.write(out, binds)
            out.append(") ")
        out.append("SELECT ")
        Listed(", ", self.columns).write(out, binds)
        out.append(self.source)
        if self.joins:
            out.append(f" JOIN {self.joins[0].name} ON ")
            self.joins[1].write(out, binds)
        if self.criteria:
            out.append(" WHERE ")
            Listed(" AND ", self.criteria).write(out, binds)
        if self.groups:
            out.append(" GROUP BY ")
            Listed(", ", self.groups).write(out, binds)
        if self.order:
            out.append(" ORDER BY ")
            Listed(", ", self.order).write(out, binds)
        if self.rest:
            out.append(" LIMIT ")
            Listed(" OFFSET ", self.rest).write(out, binds)

    def written(self) -> tuple[str, list[Any]]:
        """Return text and values."""
        out: list[str] = []
        binds: list[Any] = []
        self.write(out, binds)
        return "".join(out), binds


STAR = Name("*")
func = Functions()
item = Source("item")


def select(*columns: Any) -> Select:
    """Select from what the question reads from: the alias where it is the first function's."""
    inner = isinstance(columns[0], Call)
    return Select(columns, " FROM item AS other" if inner else " FROM item")


def exists() -> Any:
    """Ask whether there are rows."""
    return Existing()


class Existing:
    """EXISTS without its conditions."""

    __slots__ = ()

    def where(self, *criteria: Any) -> Around:
        """Add them."""
        return Around("EXISTS (", Select((STAR,), " FROM item AS other", criteria), ")")


def not_(condition: Any) -> Around:
    """Ask for the opposite."""
    return Around("NOT ", condition, "")


def or_(*conditions: Any) -> Around:
    """Ask for any of several."""
    return Around("(", Listed(" OR ", conditions), ")")


def case(*pairs: Any, else_: Any) -> Around:
    """Choose."""
    cases = [Binary(when, " THEN ", Bind(then)) for when, then in pairs]
    chosen = Binary(Listed(" WHEN ", tuple(cases)), " ELSE ", Bind(else_))
    return Around("CASE WHEN ", chosen, " END")
