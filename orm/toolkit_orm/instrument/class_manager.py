"""A mapped class as instrumentation sees it: its attributes, and what its objects have."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from toolkit_orm.instrument.inspection_attr import InspectionAttr
from toolkit_orm.instrument.state import STATE, InstanceState, state_of

if TYPE_CHECKING:
    from toolkit_orm.mapping.mapper import Mapper


class ClassManager(Mapping[str, Any]):
    """The attributes of a mapped class by name, as they stand on it.

    It is read only: ``Mapper.class_manager`` and ``InstanceState.manager`` give it.
    """

    is_mapped = True

    def __init__(self, mapper: Mapper) -> None:
        self.mapper = mapper
        self.class_: type[Any] = mapper.class_
        # What the user keeps with it.
        self.info: dict[Any, Any] = {}

    @property
    def registry(self) -> Any:
        """The registry that the class is mapped in."""
        return self.mapper.registry

    def __getitem__(self, key: str) -> Any:
        self.mapper.prop(key)
        return getattr(self.class_, key)

    def __contains__(self, key: object) -> bool:
        return key in self.mapper.props

    def __iter__(self) -> Iterator[str]:
        return iter(list(self.mapper.props))

    def __len__(self) -> int:
        return len(self.mapper.props)

    def __hash__(self) -> int:
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other

    @property
    def attributes(self) -> Iterator[Any]:
        """What stands on the class, one after the other."""
        return iter(self.values())

    def is_instrumented(self, key: str, search: bool = False) -> bool:
        """Tell whether there is an attribute of that name; ``search``: or of a class above."""
        if search:
            return key in self
        return isinstance(self.class_.__dict__.get(key), InspectionAttr)

    def subclass_managers(self, recursive: bool) -> list[ClassManager]:
        """Return those of the mapped classes below."""
        children = self.mapper.children
        below = list(self.mapper.polymorphic_iterator())[1:] if recursive else children
        return [mapper.class_manager for mapper in below]

    def has_state(self, instance: Any) -> bool:
        """Tell whether an object has a state."""
        return STATE in instance.__dict__

    def has_parent(self, state: InstanceState, key: str, optimistic: bool = False) -> bool:
        """Tell whether an object is in the relationship of another; ``optimistic``: if unknown.

        That is noted of relationships whose objects go when they are nobody's.
        """
        for link, parent in (state.parents or {}).items():
            if link.key == key and issubclass(self.class_, link.owner):
                return parent is not None
        return optimistic

    def new_instance(self, state: InstanceState | None = None) -> Any:
        """Return an object of the class that no constructor has seen."""
        cls: Any = self.class_
        made = cls.__new__(cls)
        if state is None:
            state_of(made)
        else:
            made.__dict__[STATE] = state
        return made

    def state_getter(self) -> Callable[[Any], InstanceState]:
        """Return what gives the state of an object."""
        return state_of

    def dict_getter(self) -> Callable[[Any], dict[str, Any]]:
        """Return what gives the values of an object."""
        return attrgetter("__dict__")

    def __repr__(self) -> str:
        return f"<ClassManager of {self.class_.__name__} at {id(self):#x}>"


def manager_of_class(cls: type[Any]) -> ClassManager:
    """Return what tells of a mapped class."""
    found: ClassManager = cls.__mapper__.class_manager
    return found


def opt_manager_of_class(cls: type[Any]) -> ClassManager | None:
    """Return what tells of a class; None of one that is not mapped."""
    mapper = getattr(cls, "__mapper__", None)
    return None if mapper is None or mapper.class_ is not cls else mapper.class_manager
