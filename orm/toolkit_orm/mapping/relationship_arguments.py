"""What ``relationship()`` was told that does not go together, or means nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit_core.errors import ArgumentError, warn, warn_deprecated
from toolkit_core.nearest import nearest
from toolkit_orm.errors import LoaderStrategyException
from toolkit_orm.mapping.compared_relationship import check_factory
from toolkit_orm.mapping.direction import MANYTOMANY, MANYTOONE

if TYPE_CHECKING:
    from toolkit_orm.mapping.relationship_property import RelationshipProperty

_LAZY = (
    "select",
    "joined",
    "selectin",
    "subquery",
    "immediate",
    "raise",
    "raise_on_sql",
    "noload",
    "dynamic",
    "write_only",
)
_NOT_YET = ("dynamic", "write_only")
_SAME = {True: "select", False: "joined", None: "noload"}
# What only writing is about, with what it is when nothing was said.
_ABOUT_WRITING = {
    "passive_deletes": False,
    "passive_updates": True,
    "enable_typechecks": True,
    "active_history": False,
}


def checked_lazy(given: Any) -> str:
    """Return how a relationship is loaded, by its one name.

    >>> checked_lazy(False)
    'joined'
    """
    known = given is None or isinstance(given, bool) or given in _LAZY
    if not known:
        near = nearest(given, _LAZY) if isinstance(given, str) else None
        meant = "" if near is None else f"; did you mean {near!r}?"
        raise LoaderStrategyException(
            f"Can't find strategy (('lazy', {given!r}),){meant}",
            hint=f"lazy= is one of {', '.join(repr(one) for one in _LAZY)}, True, False, None",
        )
    if given in _NOT_YET:
        raise LoaderStrategyException(
            f"lazy={given!r} is not there yet",
            hint="lazy='select', and a query of its own where the collection is too large to load",
        )
    found: str = given if isinstance(given, str) else _SAME[given]
    if found == "noload":
        warn_deprecated(
            "The ``noload`` loader strategy is deprecated and will be removed in a future release. "
            " This option produces incorrect results by returning ``None`` for related items.",
            "2.1",
        )
    return found


def check_declared(prop: RelationshipProperty[Any], *, cascade_backrefs: Any) -> None:
    """Refuse arguments that exclude each other."""
    if cascade_backrefs:
        raise ArgumentError(
            "The 'cascade_backrefs' parameter passed to relationship() may only be set to False.",
            hint="add the objects to the session themselves",
        )
    if prop.comparator_factory is not None:
        check_factory(prop.comparator_factory)
    _check_loading(prop)
    if prop.backref is not None and prop.back_populates is not None:
        raise ArgumentError("backref and back_populates keyword arguments are mutually exclusive")
    if prop.viewonly:
        if prop.sync_backref:
            raise ArgumentError("sync_backref and viewonly cannot both be True")
        for word, usual in _ABOUT_WRITING.items():
            if getattr(prop, word) != usual:
                warn(
                    f"Setting {word} on relationship() while also setting viewonly=True does not "
                    "make sense, as a viewonly=True relationship does not perform persistence "
                    "operations. This configuration may raise an error in a future release."
                )
    if prop.omit_join:
        warn(
            "setting omit_join to True is not supported; selectin loading of this relationship "
            "may not work correctly if this flag is set explicitly.  omit_join optimization is "
            "automatically detected for conditions under which it is supported."
        )


def _check_loading(prop: RelationshipProperty[Any]) -> None:
    """Refuse what ways of loading do not understand."""
    if prop.query_class is not None and not isinstance(prop.query_class, type):
        raise ArgumentError(
            f"query_class of a relationship takes a subclass of Query, not {prop.query_class!r}"
        )
    for name in ("distinct_target_key", "omit_join"):
        if getattr(prop, name) not in (None, True, False):
            raise ArgumentError(f"{name} of a relationship is True, False or None")


def check_configured(prop: RelationshipProperty[Any]) -> None:
    """Refuse what does not go with the direction that was found."""
    cascade = prop.cascade
    if prop.passive_deletes == "all" and cascade.delete:
        raise ArgumentError(
            f"On {prop}, can't set passive_deletes='all' in conjunction with 'delete' or "
            "'delete-orphan' cascade"
        )
    if not cascade.delete_orphan or prop.single_parent:
        return
    if prop.direction is MANYTOONE or prop.direction is MANYTOMANY:
        many = "many-to-one" if prop.direction is MANYTOONE else "many-to-many"
        raise ArgumentError(
            f"For {many} relationship {prop}, delete-orphan cascade is normally configured "
            'only on the "one" side of a one-to-many relationship, and not on the "many" side '
            "of a many-to-one or many-to-many relationship.  To force this relationship to "
            "allow a "
            f'particular "{prop.mapper.class_.__name__}" object to be referenced by only a '
            f'single "{prop.parent.class_.__name__}" object at a time via the {prop} '
            "relationship, which would allow delete-orphan cascade to take place in this "
            "direction, set the single_parent=True flag.",
            code="bbf0",
        )
