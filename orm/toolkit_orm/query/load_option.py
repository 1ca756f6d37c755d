"""Options for loading, as users write them: ``selectinload(User.orders).joinedload(Order.items)``.

An option is data: a way of steps, each with an attribute, or ``"*"``, and how it is loaded.  It
is a part of its statement, so that its structure is in the statement's key and the values in its
conditions are the statement's.
"""

from __future__ import annotations

from typing import Any

from toolkit_core.errors import ArgumentError
from toolkit_core.expression.coercions import resolved
from toolkit_core.expression.node import Node, child, children, declared, value
from toolkit_core.newer_typing import Self
from toolkit_orm.errors import LoaderStrategyException
from toolkit_orm.instrument.attribute import InstrumentedAttribute
from toolkit_orm.mapping.relationship_attribute import RelationshipAttribute

# What is said of relationships, and what of columns.
RELATED = frozenset(
    (
        "select",
        "joined",
        "selectin",
        "subquery",
        "immediate",
        "raise",
        "raise_on_sql",
        "noload",
        "default",
        "contains",
    )
)

# By which name a user knows it, where that is another.
_CALLED = {
    "select": "lazyload",
    "joined": "joinedload",
    "selectin": "selectinload",
    "subquery": "subqueryload",
    "immediate": "immediateload",
    "raise": "raiseload",
    "raise_on_sql": "raiseload",
    "default": "defaultload",
    "contains": "contains_eager",
    "expression": "with_expression",
}


@declared
class LoadStep(Node):
    """One step of an option: how some attributes of one class are loaded.

    ``attributes`` are empty where all that a kind has are meant; ``settings`` are pairs.
    """

    visit_name = "load_step"

    how: str = value()
    attributes: tuple[Any, ...] = children(default=())
    settings: tuple[tuple[str, Any], ...] = value(default=())
    # The alias that rows have the related objects under, or the expression of an attribute.
    source: Any = child(default=None)
    # What was said with ``options()`` of what it leads to.
    branches: tuple[Any, ...] = children(default=())

    @property
    def is_related(self) -> bool:
        """Whether it is about relationships."""
        return self.how in RELATED

    @property
    def called(self) -> str:
        """The name of the function that makes it."""
        return _CALLED.get(self.how, self.how)

    def setting(self, name: str) -> Any:
        """Return a setting; None, if it was not said."""
        return dict(self.settings).get(name)


@declared
class Load(Node):
    """Options for one class of a statement, and for what is reached from it.

    >>> from toolkit.orm import DeclarativeBase, Mapped, mapped_column
    >>> class Base(DeclarativeBase):
    ...     pass
    >>> class Person(Base):
    ...     __tablename__ = "person"
    ...     id: Mapped[int] = mapped_column(primary_key=True)
    ...     name: Mapped[str]
    >>> Load(Person).defer(Person.name).steps[0].how
    'defer'
    """

    visit_name = "load"

    root: Any = child(default=None)
    steps: tuple[LoadStep, ...] = children(default=())

    def __init__(self, entity: Any = None) -> None:
        if entity is not None:
            self.root = resolved(entity)

    # -- relationships --------------------------------------------------------------------

    def selectinload(
        self, attr: Any, recursion_depth: int | None = None, chunksize: int | None = None
    ) -> Self:
        """Load related objects by one more query, with the keys of all in an IN."""
        return self._related(
            "selectin", attr, recursion_depth=recursion_depth, chunksize=_checked(chunksize)
        )

    def joinedload(self, attr: Any, innerjoin: Any = None) -> Self:
        """Load related objects in the same query, by a join."""
        return self._related("joined", attr, innerjoin=innerjoin)

    def subqueryload(self, attr: Any) -> Self:
        """Load related objects by one more query, which has the first as a subquery."""
        return self._related("subquery", attr)

    def immediateload(self, attr: Any, recursion_depth: int | None = None) -> Self:
        """Load related objects at once, by one query for each object."""
        return self._related("immediate", attr, recursion_depth=recursion_depth)

    def lazyload(self, attr: Any) -> Self:
        """Load related objects when they are asked for."""
        return self._related("select", attr)

    def raiseload(self, attr: Any, sql_only: bool = False) -> Self:
        """Refuse to load related objects; ``sql_only``: only where it needs a query."""
        return self._related("raise_on_sql" if sql_only else "raise", attr)

    def noload(self, attr: Any) -> Self:
        """Load nothing: collections are empty, related objects None."""
        return self._related("noload", attr)

    def defaultload(self, attr: Any) -> Self:
        """Leave the loading of a relationship as it is; say something of what it leads to."""
        return self._related("default", attr)

    def contains_eager(self, attr: Any, alias: Any = None) -> Self:
        """Take related objects from columns that the statement selects for them already."""
        source = None if alias is None else resolved(alias)
        return self._related("contains", attr, source)

    def _related(self, how: str, attr: Any, source: Any = None, **settings: Any) -> Self:
        attributes: tuple[Any, ...] = () if _is_all(attr) else (_relationship(attr),)
        return self._with(LoadStep(how, attributes, _pairs(settings), source))

    # -- columns --------------------------------------------------------------------------

    def load_only(self, *attrs: Any, raiseload: bool = False) -> Self:
        """Load only some columns; the others when they are asked for."""
        return self._columns("load_only", attrs, raiseload=raiseload or None)

    def defer(self, key: Any, raiseload: bool = False) -> Self:
        """Load a column when it is asked for."""
        return self._columns("defer", () if _is_all(key) else (key,), raiseload=raiseload or None)

    def undefer(self, key: Any) -> Self:
        """Load a column with the others."""
        return self._columns("undefer", () if _is_all(key) else (key,))

    def undefer_group(self, name: str) -> Self:
        """Load the columns of a group with the others."""
        return self._with(LoadStep("undefer_group", (), (("group", name),)))

    def with_expression(self, key: Any, expression: Any) -> Self:
        """Load an attribute from an expression of this statement."""
        return self._with(LoadStep("expression", (_column(key),), (), resolved(expression)))

    def selectin_polymorphic(self, classes: Any) -> Self:
        """Load the columns of subclasses by one more query for each."""
        mappers = tuple([resolved(one) for one in classes])
        return self._with(LoadStep("selectin_polymorphic", mappers))

    def _columns(self, how: str, attrs: tuple[Any, ...], **settings: Any) -> Self:
        return self._with(LoadStep(how, tuple([_column(one) for one in attrs]), _pairs(settings)))

    # -- what is below --------------------------------------------------------------------

    def options(self, *opts: Load) -> Self:
        """Say more of what the last step leads to."""
        if not self.steps:
            made = self
            for one in opts:
                made = made._with(*one.steps)
            return made
        last = self.steps[-1]
        return self.but(steps=(*self.steps[:-1], last.but(branches=(*last.branches, *opts))))

    def _with(self, *steps: LoadStep) -> Self:
        for step in steps:
            self._check_link(step)
        return self.but(steps=self.steps + steps)

    def _check_link(self, step: LoadStep) -> None:
        """Refuse an attribute of another class than the one that the way has come to."""
        before = next((one for one in reversed(self.steps) if one.is_related), None)
        if before is None or not before.attributes or before.setting("recursion_depth"):
            return
        here = before.attributes[0]
        for one in step.attributes:
            mapper = getattr(one, "parent", None)
            there = here.mapper
            if mapper is not None and not (mapper.isa(there) or there.isa(mapper)):
                raise ArgumentError(
                    f'ORM mapped entity or attribute "{one}" does not link from relationship '
                    f'"{here}".',
                    hint=f"{here} leads to {there.class_.__name__}",
                )

    @property
    def called(self) -> str:
        """How it is called in messages."""
        way = " -> ".join(str(step.attributes[0]) for step in self.steps if step.attributes)
        return f"{self.steps[-1].called}({way or '*'})"


@declared
class Trail(Node):
    """Where a query for related objects comes from: the class, and the relationships from there.

    What is loaded by itself, because a mapping says so, ends where a class comes again.
    """

    visit_name = "load_trail"

    root: Any = value()
    way: tuple[Any, ...] = value()


def _pairs(settings: dict[str, Any]) -> tuple[tuple[str, Any], ...]:
    return tuple([(name, told) for name, told in settings.items() if told is not None])


def _checked(chunksize: int | None) -> int | None:
    if chunksize is not None and chunksize < 1:
        raise ArgumentError("chunksize must be at least 1")
    return chunksize


def _relationship(given: Any) -> RelationshipAttribute:
    if isinstance(given, RelationshipAttribute):
        return given
    if isinstance(given, str):
        raise ArgumentError(
            f"Strings are not accepted for attribute names in loader options ({given!r}); please "
            "use class-bound attributes directly."
        )
    found = resolved(given)
    if isinstance(found, RelationshipAttribute):
        return found
    if isinstance(found, InstrumentedAttribute):
        raise LoaderStrategyException(
            f'Can\'t apply "relationship" loader strategy to property "{found}", which is a '
            '"column property"; this property is not a relationship.',
            hint="load_only(), defer() and undefer() are for columns",
        )
    raise ArgumentError(
        f"expected ORM mapped attribute for loader strategy argument, got {given!r}"
    )


def _column(given: Any) -> Any:
    if isinstance(given, RelationshipAttribute):
        raise LoaderStrategyException(
            f'Can\'t apply "column loader" strategy to property "{given}", which is a '
            '"relationship"; this property is not a column.',
            hint="lazyload() and its sisters are for relationships",
        )
    found = resolved(given)
    if isinstance(found, InstrumentedAttribute):
        # A synonym is loaded as what it stands for.
        own = found.key == found.prop.key
        return found if own else found.read_from.attribute(found.prop.key)
    if isinstance(given, str):
        raise ArgumentError(
            f"Strings are not accepted for attribute names in loader options ({given!r}); please "
            "use class-bound attributes directly."
        )
    raise ArgumentError(
        f"expected ORM mapped attribute for loader strategy argument, got {given!r}"
    )


def _is_all(given: Any) -> bool:
    # Attributes make SQL of a comparison.
    return isinstance(given, str) and given == "*"
