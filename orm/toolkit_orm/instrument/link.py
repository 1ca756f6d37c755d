"""How the objects of a relationship are set, added and removed, with the other side in step.

A link is what a relationship is to the objects of one class.  Every change comes here, whatever
it was made with: it is noted for the flush, listeners hear it, the other side's attribute is
changed too, and an object that is put into one of a session joins it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from toolkit_orm.errors import ObjectDereferencedError
from toolkit_orm.instrument.collections import CollectionAdapter, loaded
from toolkit_orm.instrument.history import members
from toolkit_orm.instrument.state import NO_VALUE, InstanceState, state_of

Append = Callable[[Any, Any, Any], Any]
# Whose attribute a change began with: that is in step already.
Initiator = tuple["Link", Any]


class Link:
    """One relationship attribute of a class."""

    # What listeners of it are called with; empty: nobody listens.
    append_listeners: tuple[Append, ...] = ()
    remove_listeners: tuple[Append, ...] = ()
    set_listeners: tuple[Callable[[Any, Any, Any, Any], Any], ...] = ()
    # What is called with an object and a collection: one that was made, one that was replaced;
    # with an object and the list that is to replace its collection, with one that stays in it.
    init_listeners: tuple[Callable[[Any, Any], None], ...] = ()
    dispose_listeners: tuple[Callable[[Any, Any, Any], None], ...] = ()
    bulk_listeners: tuple[Callable[[Any, list[Any]], None], ...] = ()
    kept_listeners: tuple[Callable[[Any, Any], None], ...] = ()
    # Whether listeners were put here: they find out themselves who listens to what.
    is_told = False

    def __init__(
        self,
        key: str,
        *,
        collection_class: Any = None,
        target: Any = None,
        cascades: bool = True,
        checks_types: bool = True,
        expunges_orphans: bool = False,
        peek: Callable[[InstanceState], Any] | None = None,
    ) -> None:
        self.key = key
        # None: the attribute is one object.
        self.collection_class = collection_class
        self.target = target
        # The links of the other side.
        self.reverse: list[Link] = []
        # Whether objects that are put into it join the session.
        self.cascades = cascades
        self.checks_types = checks_types
        # Whether a new object that is taken out leaves the session.
        self.expunges_orphans = expunges_orphans
        # Finds the object of the attribute without a query; None: it is loaded if need be.
        self.peek = peek

    # -- from outside ---------------------------------------------------------------------

    def set(self, instance: Any, value: Any, initiator: Any = None) -> None:
        """Set the attribute of an object."""
        if self.collection_class is None:
            self._set_one(instance, value, initiator)
        else:
            self._set_collection(instance, value)

    def collection(self, state: InstanceState, items: Iterable[Any] = ()) -> Any:
        """Return a new collection that belongs to an object, with objects already in it."""
        made = loaded(self.collection_class, () if self.init_listeners else items)
        made._sa_adapter = CollectionAdapter(self, state)
        if self.init_listeners:
            for listener in self.init_listeners:
                listener(state(), made)
            for item in items:
                _fill(made, item)
        return made

    # -- one object -----------------------------------------------------------------------

    def _set_one(self, instance: Any, value: Any, initiator: Any) -> None:
        state = state_of(instance)
        values = instance.__dict__
        if value is not None:
            self._check(value)
        before = values.get(self.key, NO_VALUE)
        if before is NO_VALUE and state.pk is not None:
            before = self._former(state, instance)
        for listener in self.set_listeners:
            value = listener(instance, value, before, initiator)
        self._note(state, values, before)
        values[self.key] = value
        if before is value:
            return
        if before is not None and before is not NO_VALUE:
            self._tell_removed(before, instance, initiator)
        if value is not None:
            self._tell_added(state, value, instance, initiator)

    def _former(self, state: InstanceState, instance: Any) -> Any:
        """Return the object that is there in the database, for its side to be in step."""
        committed = state.committed
        if (committed is not None and self.key in committed) or state.home is None:
            return NO_VALUE
        if self.peek is not None:
            return self.peek(state)
        session = state.home.session()
        if session is None:
            return NO_VALUE
        with session.no_autoflush:
            return getattr(instance, self.key)

    def _note(self, state: InstanceState, values: dict[str, Any], before: Any) -> None:
        committed = state.committed
        if committed is None:
            committed = state.begin()
        committed.setdefault(self.key, before)

    # -- collections ----------------------------------------------------------------------

    def _set_collection(self, instance: Any, value: Any) -> None:
        state = state_of(instance)
        values = instance.__dict__
        before = values.get(self.key, NO_VALUE)
        if before is value:
            return
        if before is NO_VALUE:
            before = getattr(instance, self.key)
        given = self._given(value)
        for replaced in self.bulk_listeners:
            replaced(instance, given)
        self.changing(state, before)
        kept = {id(one) for one in given}
        was = {id(one) for one in members(before)}
        for item in members(before):
            if id(item) not in kept:
                self.removed(state, before, item)
        former, before._sa_adapter = before._sa_adapter, None
        made = [one if id(one) in was else self.added(state, before, one) for one in given]
        for kept_one in self.kept_listeners:
            for one in made:
                if id(one) in was:
                    kept_one(instance, one)
        values[self.key] = self.collection(state, made)
        for disposed in self.dispose_listeners:
            disposed(instance, before, former)

    def _given(self, value: Any) -> list[Any]:
        kind = self.collection_class
        wanted = getattr(kind, "__mro__", ())
        for base, name in ((dict, "dict"), (set, "set"), (list, "list")):
            if base in wanted:
                if not isinstance(value, base) and not (base is not dict and _is_plain(value)):
                    raise TypeError(
                        f"Incompatible collection type: {type(value).__name__} is not {name}-like"
                    )
                return list(value.values() if base is dict else value)
        return list(members(value))

    def changing(self, state: InstanceState, collection: Any) -> None:
        """Note what was in a collection before its first change."""
        committed = state.committed
        if committed is None:
            committed = state.begin()
        if self.key not in committed:
            committed[self.key] = list(members(collection))

    def added(self, state: InstanceState, collection: Any, item: Any, initiator: Any = None) -> Any:
        """Hear that an object is about to be added; return what is to be added."""
        instance = self._owner(state)
        for listener in self.append_listeners:
            item = listener(instance, item, initiator)
        self._check(item)
        self.changing(state, collection)
        self._tell_added(state, item, instance, initiator)
        return item

    def _owner(self, state: InstanceState) -> Any:
        instance = state()
        if instance is None:
            cls = state.mapper.class_.__name__
            raise ObjectDereferencedError(
                f"Can't emit change event for attribute '{cls}.{self.key}' - parent object of type "
                f"<{cls}> has been garbage collected.",
                hint="hold the object in a variable while you change its collection",
            )
        return instance

    def removed(
        self, state: InstanceState, collection: Any, item: Any, initiator: Any = None
    ) -> None:
        """Hear that an object is about to be removed."""
        instance = self._owner(state)
        for listener in self.remove_listeners:
            listener(instance, item, initiator)
        self.changing(state, collection)
        self._tell_removed(item, instance, initiator)

    # -- the other side -------------------------------------------------------------------

    def _tell_added(self, state: InstanceState, item: Any, instance: Any, initiator: Any) -> None:
        home = state.home
        if self.cascades and home is not None and initiator is None:
            session = home.session()
            if session is not None and state_of(item).home is not home:
                session.add(item)
        for other in self.reverse:
            if not _began(initiator, other, item):
                other.join(item, instance, (self, instance))

    def _tell_removed(self, item: Any, instance: Any, initiator: Any) -> None:
        if self.expunges_orphans:
            state = state_of(item)
            if state.pk is None and state.home is not None and not self._has_parent(item, instance):
                session = state.home.session()
                if session is not None:
                    session.expunge(item)
        for other in self.reverse:
            if not _began(initiator, other, item):
                other.part(item, instance, (self, instance))

    def _has_parent(self, item: Any, former: Any) -> bool:
        """Tell whether an object that was taken out is another's by now."""
        values = item.__dict__
        return any(values.get(other.key) not in (None, former) for other in self.reverse)

    def join(self, instance: Any, item: Any, initiator: Initiator) -> None:
        """Put an object in, because this one was put into that one's attribute."""
        if self.collection_class is None:
            if instance.__dict__.get(self.key, NO_VALUE) is not item:
                self._set_one(instance, item, initiator)
            return
        found = instance.__dict__.get(self.key)
        state = state_of(instance)
        if found is None and state.pk is None:
            found = instance.__dict__[self.key] = self.collection(state)
        if found is None:
            self.waiting(state)[0].append(item)
        elif not any(one is item for one in members(found)):
            self.added(state, found, item, initiator)
            _fill(found, item)

    def part(self, instance: Any, item: Any, initiator: Initiator) -> None:
        """Take an object out, because this one was taken out of that one's attribute."""
        values = instance.__dict__
        state = state_of(instance)
        found = values.get(self.key, NO_VALUE)
        if self.collection_class is None:
            if found is item or (found is NO_VALUE and state.pk is not None):
                self._set_one(instance, None, initiator)
        elif found is NO_VALUE:
            if state.pk is not None:
                self.waiting(state)[1].append(item)
        elif any(one is item for one in members(found)):
            self.removed(state, found, item, initiator)
            _empty(found, item)

    def waiting(self, state: InstanceState) -> tuple[list[Any], list[Any]]:
        """Return what is to be added to, and removed from, a collection when it is loaded."""
        if state.waiting is None:
            state.waiting = {}
        pair = state.waiting.setdefault(self.key, ([], []))
        if state.committed is None:
            state.begin()
        return pair

    def _check(self, item: Any) -> None:
        if self.checks_types and self.target is not None and not isinstance(item, self.target):
            raise TypeError(
                f"Attribute {self.key!r} takes objects of {self.target.__name__}, not "
                f"{type(item).__name__}"
            )


def _began(initiator: Initiator | None, link: Link, instance: Any) -> bool:
    """Tell whether a change began with this very attribute of this very object."""
    return initiator is not None and initiator[0] is link and initiator[1] is instance


def _is_plain(value: Any) -> bool:
    return isinstance(value, (list, tuple, set, frozenset)) or hasattr(value, "__next__")


def _fill(collection: Any, item: Any) -> None:
    """Add to a collection without telling anybody."""
    if isinstance(collection, list):
        list.append(collection, item)
    elif isinstance(collection, set):
        set.add(collection, item)
    else:
        collection._sa_appender(item)


def _empty(collection: Any, item: Any) -> None:
    """Take out of a collection without telling anybody."""
    if isinstance(collection, list):
        place = next(n for n, one in enumerate(collection) if one is item)
        list.__delitem__(collection, place)
    elif isinstance(collection, set):
        set.discard(collection, item)
    else:
        collection._sa_remover(item)
