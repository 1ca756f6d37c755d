"""How the objects of a relationship are set, added and removed, with the other side in step.

A link is what a relationship is to the objects of one class.  Every change comes here, whatever
it was made with: it is noted for the flush, listeners hear it, the other side's attribute is
changed too, and an object that is put into one of a session joins it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

from toolkit_core.errors import InvalidRequestError
from toolkit_orm.errors import ObjectDereferencedError, WrongObjectError
from toolkit_orm.instrument.attribute_operation import NO_KEY
from toolkit_orm.instrument.collection_kind import CollectionKind, like, made_kind
from toolkit_orm.instrument.collections import Belonging, collection_adapter
from toolkit_orm.instrument.empty_collections import put_in_place
from toolkit_orm.instrument.history import members
from toolkit_orm.instrument.parenthood import check_single, is_orphan, let_go, take_in
from toolkit_orm.instrument.state import NO_VALUE, InstanceState, state_of

# The object, the one that is added or removed, what it began with, and the key of the place.
Append = Callable[[Any, Any, Any, Any], Any]
# Whose attribute a change began with: that is in step already.
Initiator = tuple["Link", Any]


class Link:
    """One relationship attribute of a class."""

    # What listeners of it are called with; empty: nobody listens.
    append_listeners: tuple[Append, ...] = ()
    remove_listeners: tuple[Append, ...] = ()
    set_listeners: tuple[Callable[[Any, Any, Any, Any], Any], ...] = ()
    # What is called with an object and a collection: one that was made, one that was replaced;
    # with an object, the list that is to replace its collection, and the keys of a dictionary;
    # with one that stays in it, whether because the collection is replaced, and its key.
    init_listeners: tuple[Callable[[Any, Any], None], ...] = ()
    dispose_listeners: tuple[Callable[[Any, Any, Any], None], ...] = ()
    bulk_listeners: tuple[Callable[[Any, list[Any], Any], None], ...] = ()
    kept_listeners: tuple[Callable[[Any, Any, bool, Any], None], ...] = ()
    # Whether listeners were put here: they find out themselves who listens to what.
    is_told = False

    # What makes its collections, and how those are filled and read, if it has any.
    factory: Callable[[], Any]
    kind: CollectionKind

    def __init__(
        self,
        key: str,
        *,
        collection_class: Any = None,
        owner: Any = None,
        target: Any = object,
        cascades: bool = True,
        checks_types: bool = True,
        expunges_orphans: bool = False,
        single_parent: bool = False,
        peek: Callable[[InstanceState], Any] | None = None,
    ) -> None:
        self.key = key
        # None: the attribute is one object.
        self.collection_class = collection_class
        if collection_class is not None:
            self.factory, self.kind = made_kind(collection_class)
        # The class that it is an attribute of, and the one of its objects.
        self.owner = owner
        self.target = target
        # The links of the other side.
        self.reverse: list[Link] = []
        # Whether objects that are put into it join the session.
        self.cascades = cascades
        self.checks_types = checks_types
        # Whether an object that is taken out, and nobody else's, goes.
        self.expunges_orphans = expunges_orphans
        self.single_parent = single_parent
        self.notes_parents = expunges_orphans or single_parent
        # Finds the object of the attribute without a query; None: it is loaded if need be.
        self.peek = peek

    # -- from outside ---------------------------------------------------------------------

    def set(self, instance: Any, value: Any, initiator: Any = None) -> None:
        """Set the attribute of an object."""
        if self.collection_class is None:
            self._set_one(instance, value, initiator)
        else:
            self._set_collection(instance, value)

    def delete(self, instance: Any) -> None:
        """Take away what the attribute of an object is: ``del person.addresses``."""
        if self.collection_class is not None:
            if self.key in instance.__dict__:
                self.replace(instance, [])
            return
        before = getattr(instance, self.key)
        if before is None and self.key not in (state_of(instance).committed or {}):
            cls = type(instance).__name__
            raise AttributeError(f"{cls} object has no value for {self.key!r}")
        self._set_one(instance, None, None)

    def collection(self, state: InstanceState, items: Iterable[Any] = ()) -> Any:
        """Return a new collection that belongs to an object, with objects already in it."""
        made = self.factory()
        if self.init_listeners:
            made._sa_adapter = Belonging(self, state)
            for listener in self.init_listeners:
                listener(state(), made)
            made._sa_adapter = None
        self.kind.fill(made, items)
        made._sa_adapter = Belonging(self, state)
        return made

    def empty(self, state: InstanceState) -> Any:
        """Return the empty collection of a new object, to be put into."""
        kept = state.empties
        found = None if kept is None else kept.pop(self.key, None)
        return self.collection(state) if found is None else found

    def own(self, state: InstanceState, collection: Any) -> None:
        """Have a collection belong to an object that has it already."""
        collection._sa_adapter = Belonging(self, state)

    # -- one object -----------------------------------------------------------------------

    def _set_one(self, instance: Any, value: Any, initiator: Any) -> None:
        state = state_of(instance)
        values = instance.__dict__
        if value is not None:
            if not isinstance(value, self.target):
                self._check(value)
            if self.single_parent and initiator is None:
                check_single(self, state, value)
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
            if value is not None:
                self._take_over(state, value)
            self._tell_removed(before, instance, initiator)
        if value is not None:
            self._tell_added(state, value, instance, initiator)

    def _take_over(self, state: InstanceState, value: Any) -> None:
        """Note whose an object is from now on: it is no orphan on its way there."""
        for other in self.reverse:
            if other.notes_parents:
                take_in(other, state, state_of(value))

    def _former(self, state: InstanceState, instance: Any) -> Any:
        """Return the object that is there in the database, for its side to be in step."""
        committed = state.committed
        if (committed is not None and self.key in committed) or state.home is None:
            return NO_VALUE
        if self.peek is not None:
            found = self.peek(state)
            if found is not NO_VALUE or not self.expunges_orphans:
                return found
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
        before = instance.__dict__.get(self.key, NO_VALUE)
        if before is not value:
            keys = list(value) if isinstance(value, dict) else None
            self.replace(instance, self._given(value), keys)

    def replace(self, instance: Any, items: list[Any], keys: list[Any] | None = None) -> None:
        """Have other objects in the attribute, in a new collection."""
        for replaced in self.bulk_listeners:
            replaced(instance, items, keys)
        for one in items:
            self._check(one)
        state = state_of(instance)
        values = instance.__dict__
        empties = state.empties
        before = values.get(self.key, NO_VALUE)
        if before is NO_VALUE and (state.pk is not None or (empties and self.key in empties)):
            before = getattr(instance, self.key)
            if empties:
                empties.pop(self.key, None)
        if before is not NO_VALUE:
            self._replace_by(state, instance, before, items)
            return
        made = values[self.key] = self.collection(state)
        for one in items:
            self.kind.put(made, one)

    def _replace_by(
        self, state: InstanceState, instance: Any, before: Any, items: list[Any]
    ) -> None:
        """Have other objects in the attribute: those that were there are told of no more."""
        self.changing(state, before)
        there = members(before)
        was = {id(one) for one in there}
        made = instance.__dict__[self.key] = self.collection(state)
        put = self.kind.put
        for one in items:
            put(made, one, False if id(one) in was else None)
        kept = {id(one) for one in members(made)}
        adapter = collection_adapter(before) if self.is_told else None
        before._sa_adapter = None
        for item in there:
            if id(item) not in kept:
                self.removed(state, before, item)
        if self.is_told:
            self._tell_replaced(instance, (before, adapter), [o for o in items if id(o) in was])

    def _tell_replaced(self, instance: Any, former: tuple[Any, Any], kept: list[Any]) -> None:
        for one in kept:
            for stays in self.kept_listeners:
                stays(instance, one, True, NO_KEY)
        for disposed in self.dispose_listeners:
            disposed(instance, *former)

    def _given(self, value: Any) -> list[Any]:
        """Return the objects of what the attribute is to be: a collection of the same kind."""
        wanted = self.kind.like
        if value is None or (wanted is not None and like(type(value)) is not wanted):
            shown = "None" if value is None else type(value).__name__
            name = self.kind.cls.__name__ if wanted is None else f"{wanted.__name__}-like"
            raise TypeError(f"Incompatible collection type: {shown} is not {name}")
        return list(members(value))

    def changing(self, state: InstanceState, collection: Any) -> None:
        """Note what was in a collection before its first change."""
        committed = state.committed
        if committed is None:
            committed = state.begin()
        if self.key not in committed:
            committed[self.key] = list(members(collection))

    def added(
        self,
        state: InstanceState,
        collection: Any,
        item: Any,
        initiator: Any = None,
        place: Any = NO_KEY,
    ) -> Any:
        """Hear that an object is about to be added; return what is to be added."""
        instance = state()
        if instance is None:
            instance = self._instance(state)
        for listener in self.append_listeners:
            item = listener(instance, item, initiator, place)
        if not isinstance(item, self.target):
            self._check(item)
        if self.single_parent and initiator is None:
            check_single(self, state, item)
        key = self.key
        values = instance.__dict__
        if values.get(key) is not collection:
            put_in_place(state, key, collection, values)
        committed = state.committed
        if committed is None or key not in committed:
            self.changing(state, collection)
        self._tell_added(state, item, instance, initiator)
        return item

    def was_there(
        self, state: InstanceState, item: Any, initiator: Any = None, place: Any = NO_KEY
    ) -> Any:
        """Hear that an object was added to a collection that has it already."""
        for stays in self.kept_listeners:
            stays(self._instance(state), item, False, place)
        return item

    def _instance(self, state: InstanceState) -> Any:
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
        self,
        state: InstanceState,
        collection: Any,
        item: Any,
        initiator: Any = None,
        place: Any = NO_KEY,
    ) -> None:
        """Hear that an object is about to be removed."""
        instance = self._instance(state)
        for listener in self.remove_listeners:
            listener(instance, item, initiator, place)
        self.changing(state, collection)
        self._tell_removed(item, instance, initiator)

    # -- the other side -------------------------------------------------------------------

    def _tell_added(self, state: InstanceState, item: Any, instance: Any, initiator: Any) -> None:
        if self.notes_parents:
            take_in(self, state_of(item), state)
        home = state.home
        if self.cascades and home is not None and initiator is None:
            session = home.session()
            other_state = state_of(item)
            if session is not None and (other_state.home is not home or other_state.is_deleted):
                session.add(item)
        for other in self.reverse:
            if not _began(initiator, other, item):
                other.join(item, instance, (self, instance))

    def _tell_removed(self, item: Any, instance: Any, initiator: Any) -> None:
        if self.notes_parents:
            state = state_of(item)
            let_go(self, state, state_of(instance))
            if state.pk is None and state.home is not None and is_orphan(state):
                session = state.home.session()
                if session is not None:
                    session.expunge(item)
        for other in self.reverse:
            if not _began(initiator, other, item):
                other.part(item, instance, (self, instance))

    def join(self, instance: Any, item: Any, initiator: Initiator) -> None:
        """Put an object in, because this one was put into that one's attribute."""
        if self.collection_class is None:
            self._set_one(instance, item, initiator)
            return
        values = instance.__dict__
        found = values.get(self.key)
        if found is None:
            state = state_of(instance)
            if state.pk is not None:
                self.wait(state, item, is_added=True)
                return
            found = values[self.key] = self.empty(state)
        elif self.kind.has(found, item):
            return
        self.kind.put(found, item, initiator)

    def part(self, instance: Any, item: Any, initiator: Initiator) -> None:
        """Take an object out, because this one was taken out of that one's attribute."""
        found = instance.__dict__.get(self.key, NO_VALUE)
        state = state_of(instance)
        if self.collection_class is None:
            if found is NO_VALUE and state.pk is not None:
                found = self._part_unloaded(state, item)
            if found is item:
                self._set_one(instance, None, initiator)
        elif found is NO_VALUE:
            if state.pk is not None:
                self.wait(state, item, is_added=False)
        elif self.kind.has(found, item):
            # Of a dictionary, it may have got another key meanwhile: it stays there.
            with suppress(LookupError, ValueError, InvalidRequestError):
                self.kind.take(found, item, initiator)

    def _part_unloaded(self, state: InstanceState, item: Any) -> Any:
        """Return the object that is there, if that is known; what it says is not worth a query."""
        if self.notes_parents:
            let_go(self, state_of(item), state)
        return NO_VALUE if self.peek is None else self.peek(state)

    def wait(self, state: InstanceState, item: Any, *, is_added: bool) -> None:
        """Note what is to be added to a collection, or removed, when it is there."""
        if state.waiting is None:
            state.waiting = {}
        pair = state.waiting.setdefault(self.key, ([], []))
        here, there = pair if is_added else pair[::-1]
        if any(one is item for one in there):
            there[:] = [one for one in there if one is not item]
        elif not any(one is item for one in here):
            here.append(item)
        if state.committed is None:
            state.begin()
        if self.notes_parents:
            (take_in if is_added else let_go)(self, state_of(item), state)

    def take_waiting(self, state: InstanceState, collection: Any) -> None:
        """Put in, and take out, what the other side has told of before the collection was there."""
        pair = None if state.waiting is None else state.waiting.pop(self.key, None)
        if pair is None:
            return
        added, removed = pair
        there = {id(one) for one in members(collection)}
        new = [one for one in added if id(one) not in there]
        if new or removed:
            self.changing(state, collection)
        for one in removed:
            if id(one) in there:
                self.kind.take(collection, one, False)
        for one in new:
            self.kind.put(collection, one, False)

    def _check(self, item: Any) -> None:
        target = self.target
        if isinstance(item, target):
            return
        if self.checks_types or not hasattr(type(item), "__state_class__"):
            raise self._refused(item)

    def _refused(self, item: Any) -> WrongObjectError:
        wanted = self.target.__name__
        where = f"'{self.owner.__name__}.{self.key}'"
        if item is None:
            return WrongObjectError(
                f"Can't flush None value found in collection {where}: it takes objects of {wanted}",
                hint="leave None out",
            )
        kind, hint = type(item).__name__, f"an object of {wanted}"
        if isinstance(item, type):
            kind, hint = f"the class {item.__name__}", f"{item.__name__}(…), an object of it"
        elif isinstance(item, (list, set, tuple)):
            hint = f"uselist=True, if there are to be many objects of {wanted}"
        elif hasattr(type(item), "__state_class__"):
            hint += "; enable_typechecks=False lets objects of other classes in"
        return WrongObjectError(
            f"Attribute {where} takes objects of {wanted}, not {kind}", hint=hint
        )


def _began(initiator: Initiator | None, link: Link, instance: Any) -> bool:
    """Tell whether a change began with this very attribute of this very object."""
    return initiator is not None and initiator[0] is link and initiator[1] is instance
