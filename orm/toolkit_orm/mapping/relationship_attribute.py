"""A relationship in a statement: what is joined along, compared, and named in loader options."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit_core.expression.node import Node, child, children, declared, derived, value
from toolkit_core.inspectable import inspects_itself
from toolkit_core.plugins import load_object
from toolkit_orm.instrument.attribute import Instrumented

if TYPE_CHECKING:
    from toolkit_orm.mapping.mapper import Mapper

_CONDITIONS = "toolkit_orm.query.relationship_conditions:"
_STEPS = "toolkit_orm.query.join_steps:steps_along"


@inspects_itself
@declared
class RelationshipAttribute(Instrumented, Node):
    """What ``Person.addresses`` is; of an object, the related ones.

    ``source`` is the class that it is read from, or an alias of it; ``target`` what it leads to
    where that was said with ``of_type()``; ``criteria`` what was added with ``and_()``.
    """

    visit_name = "mapped_relationship"

    source: Any = child()
    prop: Any = value()
    target: Any = child(default=None)
    criteria: tuple[Any, ...] = children(default=())
    # Under which name; a synonym's is another than the relationship's own.
    key: str = derived(default="")

    @property
    def parent(self) -> Mapper:  # type: ignore[override] # read off the source
        """The mapper of the class that it is read from."""
        found: Mapper = self.source.mapper
        return found

    @property
    def mapper(self) -> Mapper:
        """The mapper of the class that it leads to."""
        found: Mapper = self.prop.mapper if self.target is None else self.target.mapper
        return found

    @property
    def entity(self) -> Any:
        """What it leads to: a mapper, or an alias of a class."""
        return self.prop.entity if self.target is None else self.target

    # -- said of it -----------------------------------------------------------------------

    def of_type(self, class_: Any) -> RelationshipAttribute:
        """Lead to a subclass, or to an alias of the class."""
        entity = class_.__dict__.get("__entity__") if isinstance(class_, type) else None
        return self.but(target=class_.__clause_element__() if entity is None else entity)

    def and_(self, *criteria: Any) -> RelationshipAttribute:
        """Lead only to objects that meet conditions."""
        return self.but(criteria=self.criteria + criteria)

    def adapt_to_entity(self, source: Any) -> RelationshipAttribute:
        """Return the same relationship, read from an alias."""
        return self.but(source=source)

    def join_steps(self, left: Any, right: Any, isouter: bool, full: bool) -> Any:
        """Return the joins that a join along the relationship comes to."""
        return load_object(_STEPS)(self, left, right, isouter, full)

    # -- conditions -----------------------------------------------------------------------

    def any(self, criterion: Any = None, **by_name: Any) -> Any:
        """Ask whether the collection has an object that meets conditions."""
        return load_object(_CONDITIONS + "any_of")(self, criterion, by_name)

    def has(self, criterion: Any = None, **by_name: Any) -> Any:
        """Ask whether there is a related object, and it meets conditions."""
        return load_object(_CONDITIONS + "has_of")(self, criterion, by_name)

    def contains(self, other: Any, **kwargs: Any) -> Any:
        """Ask whether an object is in the collection."""
        return load_object(_CONDITIONS + "contains_of")(self, other)

    def __eq__(self, other: object) -> Any:
        return load_object(_CONDITIONS + "equal")(self, other)

    def __ne__(self, other: object) -> Any:
        return load_object(_CONDITIONS + "not_equal")(self, other)

    def __getattr__(self, name: str) -> Any:
        # Asked for what is nowhere: of a class that is related, it is another class's.
        if name.startswith("_"):
            raise AttributeError(name)
        raise AttributeError(
            "Neither 'InstrumentedAttribute' object nor 'Comparator' object associated with "
            f"{self} has an attribute {name!r}{_hint(self, name)}"
        )

    __hash__ = object.__hash__

    def is_(self, other: Any) -> Any:
        """Ask whether there is no related object: ``is_(None)``."""
        return self == other

    def is_not(self, other: Any) -> Any:
        """Ask whether there is a related object: ``is_not(None)``."""
        return self != other

    isnot = is_not

    def in_(self, other: Any) -> Any:
        """Refuse: compare the foreign key instead."""
        raise NotImplementedError(
            "in_() not yet supported for relationships.  For a simple many-to-one, use in_() "
            "against the set of foreign key values."
        )

    def __lt__(self, other: Any) -> Any:
        raise _no_operator(self, "<")

    def __le__(self, other: Any) -> Any:
        raise _no_operator(self, "<=")

    def __gt__(self, other: Any) -> Any:
        raise _no_operator(self, ">")

    def __ge__(self, other: Any) -> Any:
        raise _no_operator(self, ">=")

    def like(self, other: Any, escape: str | None = None) -> Any:
        """Refuse: objects are not like a text."""
        raise _no_operator(self, "like()")

    @property
    def comparator(self) -> Any:
        """What defines its operators."""
        return self.prop.Comparator(self)

    @property
    def info(self) -> Any:
        """What the user keeps with the relationship."""
        return self.prop.info

    def __str__(self) -> str:
        cls = self.parent.class_.__name__
        return f"{cls if self.source is self.parent.entity else f'aliased({cls})'}.{self.key}"

    def __repr__(self) -> str:
        return f"<{self}>"


def _no_operator(path: RelationshipAttribute, operator: str) -> NotImplementedError:
    return NotImplementedError(
        f"{path} is a relationship, and {operator} means nothing of objects: compare a column of "
        f"{path.prop.mapper.class_.__name__}"
    )


def _hint(path: RelationshipAttribute, name: str) -> str:
    """Return how to ask for an attribute of what a relationship leads to."""
    prop = path.prop
    mapper = prop.__dict__.get("mapper")
    if mapper is None or name not in mapper.props:
        return ""
    cls, how = mapper.class_.__name__, "any" if prop.uselist else "has"
    return f"; {cls}.{name} is asked for by {path}.{how}({cls}.{name} == …), or after join({path})"
