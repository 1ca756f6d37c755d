"""What is known of one mapped object beside its attributes.

A state is a weak reference to its object, so one thing is the object's state and its entry in
the identity map.  The object holds it under ``_sa_instance_state``; nothing goes round in
circles, and an object that nobody holds is gone at once, and its entry with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar
from weakref import ref

from toolkit_core.inspectable import inspected_by
from toolkit_core.plugins import load_object
from toolkit_orm.instrument.inspection_attr import InspectionAttr

if TYPE_CHECKING:
    from toolkit_orm.instrument.attribute_state import AttributeStates
    from toolkit_orm.instrument.class_manager import ClassManager
    from toolkit_orm.instrument.home import Home
    from toolkit_orm.mapping.mapper import Mapper

STATE = "_sa_instance_state"
Values = dict[str, Any]


class NoValue:
    """In place of a value that is not known: nobody has loaded or set it."""

    def __repr__(self) -> str:
        return "NO_VALUE"

    def __bool__(self) -> bool:
        return False

    def __reduce__(self) -> str:
        return "NO_VALUE"


NO_VALUE = NoValue()


class InstanceState(ref, InspectionAttr):  # type: ignore[type-arg] # the objects are of any class
    """The state of one object.  Each mapped class has a subclass of it, which knows its mapper."""

    __slots__ = ("__dict__", "home", "pk")

    # A weak reference is what it refers to in comparisons; a state is itself.
    __eq__ = object.__eq__
    __hash__ = object.__hash__

    if TYPE_CHECKING:
        mapper: ClassVar[Mapper]
        # The identity map and the session that it belongs to.
        home: Home | None
        # Its primary key, as rows have it: a value, or a tuple of them; None before its INSERT.
        pk: Any

    # What is rare stands here until it is set: most objects are loaded and read, no more.

    # The attributes that have changed since they were last as in the database, with the values
    # that they had then.  None: nothing has changed.
    committed: dict[str, Any] | None = None
    # The attributes to be loaded anew when they are next read; None: no attribute.
    stale: frozenset[str] | set[str] | None = None
    # What tells it from an object of the same key in another database (``identity_token``).
    identity_token: Any = None
    # It was deleted by a flush; after the commit it is detached.
    is_deleted: bool = False
    # It was new, was written, and the transaction was rolled back; or it was made new again.
    was_written: bool = False
    # Its relationships are loaded by the keys that it has, though it has no row.
    loads_pending: bool = False
    # What its own queries are told about how to load attributes.
    load_options: Any = None
    # What is to be added to, and removed from, collections that are not loaded, by attribute.
    waiting: dict[str, tuple[list[Any], list[Any]]] | None = None

    # Whose it is, of the relationships whose objects go when they are nobody's: the state of the
    # one that has it, or None if it was taken out; what is not here is as it was loaded.
    parents: dict[Any, InstanceState | None] | None = None
    # Collections of a new object that were read, and are empty; by attribute.
    empties: dict[str, Any] | None = None

    def begin(self) -> dict[str, Any]:
        """Note that the object has changed: it is kept alive until the change is written."""
        home = self.home
        if home is not None:
            home.changed(self)
        committed: dict[str, Any] = {}
        self.committed = committed
        return committed

    # -- what inspect(instance) tells -----------------------------------------------------

    is_instance = True

    @property
    def transient(self) -> bool:
        """Whether the object is in no session and in no database."""
        return self.pk is None and not self._is_attached

    @property
    def pending(self) -> bool:
        """Whether the next flush of its session inserts it."""
        return self.pk is None and self._is_attached

    @property
    def persistent(self) -> bool:
        """Whether it is in a session and has a row."""
        return self.pk is not None and not self.is_deleted and self._is_attached

    @property
    def deleted(self) -> bool:
        """Whether a flush has deleted its row, in a transaction that is in progress."""
        return self.is_deleted and self._is_attached

    @property
    def detached(self) -> bool:
        """Whether it has, or had, a row and is in no session."""
        return self.pk is not None and not self._is_attached

    @property
    def _is_attached(self) -> bool:
        # A session that is no more has no objects.
        return self.home is not None and self.home.session() is not None

    @property
    def was_deleted(self) -> bool:
        """Whether its row was deleted by a flush that was not rolled back."""
        return self.is_deleted

    @property
    def has_identity(self) -> bool:
        """Whether it has, or had, a row."""
        return self.pk is not None

    @property
    def identity(self) -> tuple[Any, ...] | None:
        """Its primary key; None without a row."""
        pk = self.pk
        return pk if pk is None or isinstance(pk, tuple) else (pk,)

    def key_part(self, name: str) -> Any:
        """Return what its key has for one of the attributes that are the key."""
        names = self.mapper.key_names
        return self.pk if len(names) == 1 else self.pk[names.index(name)]

    @property
    def key(self) -> tuple[Any, ...] | None:
        """What finds it in an identity map: class, primary key, token."""
        if self.pk is None:
            return None
        return self.mapper.base.class_, self.identity, self.identity_token

    identity_key = key

    @property
    def place(self) -> Any:
        """Where an identity map has it: in its hierarchy, and of its token if it has one."""
        base = self.mapper.base
        return base if self.identity_token is None else (base, self.identity_token)

    @property
    def session(self) -> Any:
        """Its session, or None."""
        return None if self.home is None else self.home.session()

    @property
    def async_session(self) -> Any:
        """Its asynchronous session, or None."""
        face = None if self.session is None else self.session._async_face
        return None if face is None else face()

    @property
    def session_id(self) -> int | None:
        """The number of its session, or None."""
        found: int | None = None if self.session is None else id(self.session)
        return found

    @property
    def object(self) -> Any:
        """The object; None when it is no more."""
        return self()

    def obj(self) -> Any:
        """Return the object; None when it is no more."""
        return self()

    @property
    def class_(self) -> type[Any]:
        """The object's class."""
        return self.mapper.class_

    @property
    def dict(self) -> dict[str, Any]:
        """The values that the object has."""
        instance = self()
        found: dict[str, Any] = {} if instance is None else instance.__dict__
        return found

    @property
    def attrs(self) -> AttributeStates:
        """What there is to say about each attribute."""
        made: AttributeStates = load_object(_ATTRIBUTE_STATES)(self)
        return made

    @property
    def unloaded(self) -> set[str]:
        """The names of the attributes that have no value yet."""
        return set(self.mapper.attrs.keys()) - self.dict.keys()

    unloaded_expirable = unloaded

    @property
    def manager(self) -> ClassManager:
        """The attributes of the object's class, as they stand on it."""
        return self.mapper.class_manager

    @property
    def info(self) -> Values:
        """What the user keeps with it."""
        found: Values = self.__dict__.setdefault("_info", {})
        return found

    @property
    def unmodified(self) -> set[str]:
        """The names of the attributes that have not changed."""
        return set(self.mapper.attrs.keys()) - self.committed_state.keys()

    @property
    def committed_state(self) -> Values:
        """What the attributes that have changed were before; of new objects, that is not known."""
        if self.pk is not None or (self.was_written and self.committed is None):
            return {**(self.committed or {})}
        names = self.mapper.attrs.keys() & self.dict.keys()
        return {**dict.fromkeys(names, NO_VALUE), **(self.committed or {})}

    def unmodified_intersection(self, keys: Any) -> set[str]:
        """Return those of the names whose attributes have not changed."""
        return set(keys) & self.unmodified

    @property
    def expired(self) -> bool:
        """Whether all of it has expired, and nothing was loaded since."""
        if self.stale is None:
            return False
        return bool(self.mapper.expiring <= {*self.stale, *(self.committed or ())})

    @property
    def expired_attributes(self) -> set[str]:
        """The names of the attributes that are loaded anew when they are next read.

        Those that are only loaded when they are asked for have not expired with that.
        """
        stale = set(self.stale or ())
        if not stale or self.expired:
            return stale
        deferred: frozenset[str] = load_object(_DEFERRED)(self.mapper, self.load_options)
        return stale - deferred

    def __repr__(self) -> str:
        name = "gone" if self() is None else f"of {self.mapper.class_.__name__}"
        return f"<InstanceState {name} at {id(self):#x}>"

    @property
    def modified(self) -> bool:
        """Whether anything was set since it was last as in the database."""
        if self.pk is not None:
            return self.committed is not None
        if self.was_written and self.committed is None:
            return False
        return any(name in self.mapper.props for name in self.dict)

    def told(self) -> Values:
        """Return what a pickled object's new state is made of."""
        own = self.__dict__
        return {"pk": self.pk, **{name: own[name] for name in _PICKLED if own.get(name)}}

    def __reduce_ex__(self, protocol: Any) -> Any:
        told = self.told()
        _tell(self(), "pickle", told)
        return PickledState, (told,)


_ATTRIBUTE_STATES = "toolkit_orm.instrument.attribute_state:AttributeStates"
_DEFERRED = "toolkit_orm.load.stored_columns:deferred_in"
_EVENTS = "toolkit_orm.mapping.mapper_events:events_of"
_PICKLED = (
    "is_deleted",
    "was_written",
    "stale",
    "committed",
    "waiting",
    "identity_token",
    "load_options",
)


class PickledState:
    """What a pickled object's state was: the object makes a new one of it.

    ``told`` may have more in it, which listeners to ``pickle`` have put there.
    """

    def __init__(self, told: dict[str, Any]) -> None:
        self.told = told

    def restored(self, instance: Any) -> InstanceState:
        """Return the state of the object, which belongs to no session."""
        made = new_state(instance)
        made.pk = self.told["pk"]
        made.__dict__.update({name: self.told[name] for name in _PICKLED if name in self.told})
        _tell(instance, "unpickle", self.told)
        return made


def _tell(instance: Any, event: str, told: dict[str, Any]) -> None:
    events = load_object(_EVENTS)(type(instance).__mapper__)
    if events is not None:
        for heard in getattr(events, event):
            heard(instance, told)


def gone(state: InstanceState) -> None:
    """Take the entry of an object that is no more out of its identity map."""
    home = state.home
    if home is not None:
        home.forget(state)


def state_of(instance: Any) -> InstanceState:
    """Return the state of a mapped object; one is made for an object that has none yet."""
    found: InstanceState | None = instance.__dict__.get(STATE)
    if found is None:
        found = new_state(instance)
    return found


def new_state(instance: Any) -> InstanceState:
    """Give an object its state."""
    made: InstanceState = type(instance).__state_class__(instance, gone)
    made.home = made.pk = None
    instance.__dict__[STATE] = made
    return made


def value_before(instance: Any, state: InstanceState, name: str) -> Any:
    """Return what a value that is about to be set was, though it is not loaded.

    That is known of keys; others are loaded if they were declared with ``active_history``.
    """
    if state.stale is not None and name in state.stale:
        mapper = state.mapper
        if name in mapper.key_names:
            state.stale = state.stale - {name} or None
            return state.key_part(name)
        if getattr(mapper.props[name], "active_history", False):
            return getattr(instance, name)
        state.stale = state.stale - {name} or None
    return NO_VALUE


def inspected(subject: Any) -> InstanceState | None:
    """Return what ``inspect()`` says of an object: its state, if its class is mapped."""
    return state_of(subject) if hasattr(type(subject), "__state_class__") else None


inspected_by(object, inspected)
