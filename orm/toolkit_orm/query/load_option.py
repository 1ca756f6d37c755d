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
from toolkit_orm.instrument.attribute import ColumnAttribute
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


# By which name messages know it.
_LOADERS = {
    "select": "lazy loader",
    "joined": "joined loader",
    "selectin": "selectin loader",
    "subquery": "subquery loader",
    "immediate": "immediate loader",
    "raise": "raise loader",
    "raise_on_sql": "raise loader",
    "contains": "joined loader",
    "defer": "deferred column loader",
    "expression": "query expression loader",
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
            root = resolved(entity)
            if getattr(root, "mapper", None) is None:
                raise ArgumentError(
                    f"Load() takes a mapped class, or an alias of one, not {entity!r}"
                )
            self.root = root

    def __str__(self) -> str:
        root = self.root if self.root is not None or not self.steps else root_of(self.steps[0])
        return f"Load({'*' if root is None else root.shown.__name__})"

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
        attributes: tuple[Any, ...] = () if _is_all(attr) else (_relationship(attr, how),)
        return self._with(LoadStep(how, attributes, _pairs(settings), source))

    # -- columns --------------------------------------------------------------------------

    def load_only(self, *attrs: Any, raiseload: bool = False) -> Self:
        """Load only some columns; the others when they are asked for."""
        found = [resolved(one) for one in attrs if not isinstance(one, str)]
        sources = {id(getattr(one, "read_from", None)) for one in found}
        if len(sources) > 1:
            raise ArgumentError(
                "Can't apply wildcard ('*') or load_only() loader option to multiple entities in "
                "the same option. Use separate options per entity."
            )
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
        return self._with(
            LoadStep("expression", (_column(key, "expression"),), (), resolved(expression))
        )

    def selectin_polymorphic(self, classes: Any) -> Self:
        """Load the columns of subclasses by one more query for each."""
        mappers = tuple([resolved(one) for one in classes])
        return self._with(LoadStep("selectin_polymorphic", mappers))

    def _columns(self, how: str, attrs: tuple[Any, ...], **settings: Any) -> Self:
        return self._with(
            LoadStep(how, tuple([_column(one, how) for one in attrs]), _pairs(settings))
        )

    # -- what is below --------------------------------------------------------------------

    def options(self, *opts: Load) -> Self:
        """Say more of what the last step leads to."""
        if not self.steps:
            made = self
            for one in opts:
                made = made._with(*one.steps)
            return made
        last = self.steps[-1]
        self._check_branches(last, opts)
        return self.but(steps=(*self.steps[:-1], last.but(branches=(*last.branches, *opts))))

    def _check_branches(self, last: LoadStep, opts: tuple[Load, ...]) -> None:
        """Refuse what is no attribute of what the last step leads to."""
        firsts = [one.steps[0] for one in opts if one.steps]
        told = [step for step in firsts if step.how == "selectin_polymorphic"]
        subclasses = [one.mapper for step in told for one in step.attributes]
        if not last.attributes:
            return
        for step in firsts:
            if step.how != "selectin_polymorphic":
                for one in step.attributes:
                    _check_from(last, one, subclasses)

    def _with(self, *steps: LoadStep) -> Self:
        for step in steps:
            self._check_link(step)
        return self.but(steps=self.steps + steps)

    def _check_link(self, step: LoadStep) -> None:
        """Refuse an attribute of another class than the one that the way has come to."""
        before = next((one for one in reversed(self.steps) if one.is_related), None)
        if before is None:
            root = self.root
            for one in step.attributes if root is not None and not self.steps else ():
                mapper = getattr(one, "parent", None)
                there = getattr(root, "mapper", None)
                if mapper is not None and there is not None and not _are_of_one(mapper, there):
                    raise ArgumentError(
                        f'ORM mapped attribute "{one}" does not link mapped class '
                        f'"{there.class_.__name__}"'
                    )
            return
        if before.attributes and not before.setting("recursion_depth"):
            for one in step.attributes:
                _check_from(before, one)

    def outlives(self, columns: tuple[Any, ...]) -> bool:
        """Tell whether it still says something where other things are selected."""
        root = self.root if self.root is not None or not self.steps else root_of(self.steps[0])
        if root is None:
            return True
        entities = [one for one in columns if hasattr(one, "mapper")]
        return any(is_about(one, root) for one in entities)

    @property
    def called(self) -> str:
        """How it is called in messages."""
        way = " -> ".join(str(step.attributes[0]) for step in self.steps if step.attributes)
        return f"{self.steps[-1].called}({way or '*'})"


@declared
class NothingRelated(Node):
    """The option that nothing related is loaded with the objects, whatever mappings say."""

    visit_name = "load_nothing_related"


NOTHING_RELATED = NothingRelated()


@declared
class Trail(Node):
    """Where a query for related objects comes from: the class, and the relationships from there.

    What is loaded by itself, because a mapping says so, ends where a class comes again.
    """

    visit_name = "load_trail"

    root: Any = value()
    way: tuple[Any, ...] = value()


def _are_of_one(mapper: Any, there: Any) -> bool:
    return bool(mapper.isa(there) or there.isa(mapper))


def _check_from(before: LoadStep, attribute: Any, subclasses: Any = ()) -> None:
    """Refuse an attribute that is none of what a relationship leads to."""
    mapper = getattr(attribute, "parent", None)
    here = before.attributes[0]
    there = here.mapper
    if mapper is None or there.isa(mapper):
        return
    message = (
        f'ORM mapped entity or attribute "{attribute}" does not link from relationship "{here}".'
    )
    if not mapper.isa(there):
        raise ArgumentError(message, hint=f"{here} leads to {there.class_.__name__}")
    known = [*_with_subclasses(here), *subclasses]
    if not any(mapper.isa(one) for one in known):
        name, base = mapper.class_.__name__, there.class_.__name__
        raise ArgumentError(
            f'{message}  Did you mean to use "{here}.of_type({name})" or '
            f'"loadopt.options(selectin_polymorphic({base}, [{name}]), ...)" ?'
        )


def _with_subclasses(path: RelationshipAttribute) -> Any:
    """Return the subclasses whose attributes are read where a relationship leads."""
    target = path.target
    told = () if target is None else getattr(target, "with_mappers", ())
    return told or path.mapper.with_polymorphic_mappers


def root_of(step: LoadStep) -> Any:
    """Return what the first attribute of an option is read from."""
    first = step.attributes[0] if step.attributes else None
    if isinstance(first, RelationshipAttribute):
        return first.source
    return getattr(first, "read_from", first)


def is_about(entity: Any, root: Any) -> bool:
    """Tell whether an option that begins at one class says something of another."""
    if entity is root:
        return True
    if type(entity) is not type(root) or hasattr(root, "is_named"):
        # An alias is itself only.
        return False
    return bool(root.mapper.isa(entity.mapper) or entity.mapper.isa(root.mapper))


def _pairs(settings: dict[str, Any]) -> tuple[tuple[str, Any], ...]:
    return tuple([(name, told) for name, told in settings.items() if told is not None])


def _checked(chunksize: int | None) -> int | None:
    if chunksize is not None and chunksize < 1:
        raise ArgumentError("chunksize must be at least 1")
    return chunksize


def _relationship(given: Any, how: str) -> RelationshipAttribute:
    if isinstance(given, RelationshipAttribute):
        return given
    found = _attribute(given)
    if isinstance(found, RelationshipAttribute):
        return found
    raise LoaderStrategyException(
        f'Can\'t apply "{_LOADERS.get(how, how)}" strategy to property "{found}", which is a '
        '"column property"; this loader strategy is intended to be used with a "relationship '
        'property".',
        hint="load_only(), defer() and undefer() are for columns",
    )


def _column(given: Any, how: str) -> Any:
    found = given if isinstance(given, RelationshipAttribute) else _attribute(given)
    if not isinstance(found, RelationshipAttribute):
        # A synonym is loaded as what it stands for.
        own = found.key == found.prop.key
        return found if own else found.read_from.attribute(found.prop.key)
    called = _LOADERS.get(how, "column loader")
    raise LoaderStrategyException(
        f'Can\'t apply "{called}" strategy to property "{found}", which is a "relationship"; this '
        'loader strategy is intended to be used with a "column property".',
        hint="lazyload() and its sisters are for relationships",
    )


def _attribute(given: Any) -> Any:
    if isinstance(given, str):
        raise ArgumentError(
            "Strings are not accepted for attribute names in loader options; please use "
            "class-bound attributes directly.",
            hint=f"Class.{given} in place of {given!r}",
        )
    found = resolved(given)
    if isinstance(found, (RelationshipAttribute, ColumnAttribute)):
        return found
    raise ArgumentError(
        "expected ORM mapped attribute for loader strategy argument",
        hint=f"Class.attribute in place of {given!r}",
    )


def _is_all(given: Any) -> bool:
    # Attributes make SQL of a comparison.
    return isinstance(given, str) and given == "*"
