"""Relationships with operators of their own: ``relationship(comparator_factory=...)``."""

from __future__ import annotations

from typing import Any

from toolkit_core.errors import ArgumentError
from toolkit_core.expression.node import declared, value
from toolkit_orm.instrument.compared_attribute import PropComparator
from toolkit_orm.mapping.relationship_attribute import RelationshipAttribute


class RelationshipComparator(PropComparator):
    """The operators of a relationship; a subclass, named as its factory, changes or adds some.

    >>> from toolkit.orm import DeclarativeBase, Mapped, RelationshipProperty
    >>> from toolkit.orm import mapped_column, relationship
    >>> from toolkit.schema import ForeignKey
    >>> class Titled(RelationshipProperty.Comparator):
    ...     def titled(self, title):
    ...         return self.has(title=title)
    >>> class Base(DeclarativeBase):
    ...     pass
    >>> class Book(Base):
    ...     __tablename__ = "book"
    ...     id: Mapped[int] = mapped_column(primary_key=True)
    ...     title: Mapped[str]
    >>> class Page(Base):
    ...     __tablename__ = "page"
    ...     id: Mapped[int] = mapped_column(primary_key=True)
    ...     book_id: Mapped[int] = mapped_column(ForeignKey("book.id"))
    ...     book: Mapped[Book] = relationship(comparator_factory=Titled)
    >>> " ".join(str(Page.book.titled("Emma")).split())[:42]
    'EXISTS (SELECT 1 FROM book, page WHERE boo'
    """

    def __init__(self, expr: RelationshipAttribute) -> None:
        # It has no type, as columns have.
        self.expr = expr

    @property
    def mapper(self) -> Any:
        """The mapper of the class that it leads to."""
        return self.expr.mapper

    @property
    def entity(self) -> Any:
        """What it leads to: a mapper, or an alias of a class."""
        return self.expr.entity

    def of_type(self, class_: Any) -> Any:
        """Lead to a subclass, or to an alias of the class."""
        return self.expr.of_type(class_)

    def and_(self, *criteria: Any) -> Any:
        """Lead only to objects that meet conditions."""
        return self.expr.and_(*criteria)

    def any(self, criterion: Any = None, **kwargs: Any) -> Any:
        """Ask whether the collection has an object that meets conditions."""
        return self.expr.any(criterion, **kwargs)

    def has(self, criterion: Any = None, **kwargs: Any) -> Any:
        """Ask whether there is a related object, and it meets conditions."""
        return self.expr.has(criterion, **kwargs)

    def contains(self, other: Any, **kwargs: Any) -> Any:
        """Ask whether an object is in the collection."""
        return self.expr.contains(other, **kwargs)

    def __eq__(self, other: object) -> Any:
        return self.expr == other

    def __ne__(self, other: object) -> Any:
        return self.expr != other

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
        return self.expr.in_(other)

    def operate(self, op: Any, *other: Any, **kwargs: Any) -> Any:
        """Refuse what means nothing of objects."""
        found = getattr(self.expr, getattr(op, "__name__", str(op)))
        return found(*other, **kwargs)


@declared
class ComparedRelationship(RelationshipAttribute):
    """A relationship whose operators are those of a comparator."""

    factory: Any = value(kw_only=True)

    @property
    def comparator(self) -> Any:
        """What defines its operators."""
        plain = RelationshipAttribute(
            self.source, self.prop, self.target, self.criteria, key=self.key
        )
        return self.factory(plain)

    def any(self, criterion: Any = None, **by_name: Any) -> Any:
        """Ask whether the collection has an object that meets conditions."""
        return self.comparator.any(criterion, **by_name)

    def has(self, criterion: Any = None, **by_name: Any) -> Any:
        """Ask whether there is a related object, and it meets conditions."""
        return self.comparator.has(criterion, **by_name)

    def contains(self, other: Any, **kwargs: Any) -> Any:
        """Ask whether an object is in the collection."""
        return self.comparator.contains(other, **kwargs)

    def in_(self, other: Any) -> Any:
        """Ask as the comparator does; of itself a relationship does not know it."""
        return self.comparator.in_(other)

    def __eq__(self, other: object) -> Any:
        return self.comparator == other

    def __ne__(self, other: object) -> Any:
        return self.comparator != other

    def __lt__(self, other: Any) -> Any:
        return self.comparator < other

    def __le__(self, other: Any) -> Any:
        return self.comparator <= other

    def __gt__(self, other: Any) -> Any:
        return self.comparator > other

    def __ge__(self, other: Any) -> Any:
        return self.comparator >= other

    __hash__ = object.__hash__

    def __getattr__(self, name: str) -> Any:
        if not name.startswith("_"):
            found = getattr(self.comparator, name, None)
            if found is not None:
                return found
        raise AttributeError(
            f"Neither {type(self).__name__!r} object nor {self.factory.__name__!r} object "
            f"associated with {self} has an attribute {name!r}"
        )


def compared(path: RelationshipAttribute, factory: Any) -> RelationshipAttribute:
    """Return a relationship with the operators of a factory; None: with its own."""
    if factory is None:
        return path
    check_factory(factory)
    return ComparedRelationship(
        path.source, path.prop, path.target, path.criteria, key=path.key, factory=factory
    )


def check_factory(factory: Any) -> None:
    """Refuse what makes no comparator of relationships."""
    if not isinstance(factory, type) or not issubclass(factory, RelationshipComparator):
        raise ArgumentError(
            "comparator_factory of a relationship must be a subclass of "
            f"RelationshipProperty.Comparator, not {factory!r}"
        )
