"""Configuring mappers: what a class could not know before others were there."""

from __future__ import annotations

from threading import RLock
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from toolkit_core.errors import ArgumentError, InvalidRequestError
from toolkit_core.inspectable import inspected_by
from toolkit_orm.errors import UnmappedClassError, UnmappedInstanceError
from toolkit_orm.instrument.state import STATE
from toolkit_orm.mapping.mapper_events import (
    EXT_SKIP,
    events_of,
    every_mapper,
    tell_attributes,
)

if TYPE_CHECKING:
    from toolkit_orm.mapping.mapper import Mapper
    from toolkit_orm.mapping.registry import registry as Registry  # noqa: N812 - a class

REGISTRIES: WeakSet[Any] = WeakSet()
# One thread configures at a time; what it configures may ask for more of the same.
_LOCK = RLock()


def all_registries() -> set[Registry]:
    """Return the registries that there are."""
    return set(REGISTRIES)


def configure_mappers() -> None:
    """Configure all mappers that are not yet, of all registries.

    It is done by itself when a class is first used in a query, or to make an object.
    """
    for registry in list(REGISTRIES):
        configure_registry(registry)


def configure_registry(registry: Registry, *, cascade: bool = False) -> None:
    """Configure the new mappers of a registry, and of those that it turns out to depend on."""
    if not registry._new and not cascade:
        return
    with _LOCK:
        # Another thread may have done it meanwhile; this one may be at it.
        if (registry._new or cascade) and not registry._is_configuring:
            _configure(registry, cascade=cascade)


def _configure(registry: Registry, *, cascade: bool) -> None:
    registry._is_configuring = True
    try:
        _check_failure(registry)
        _call_hooks(registry, "__declare_first__")
        everywhere = every_mapper()
        if everywhere is not None:
            for heard in everywhere.before_configured:
                heard()
        for told in registry.dispatch.before_configured:
            told(registry)
        registry._new = _configure_all(registry)
        if everywhere is not None:
            for heard in everywhere.after_configured:
                heard()
        for told in registry.dispatch.after_configured:
            told(registry)
    finally:
        registry._is_configuring = False
    for other in list(registry._dependencies):
        if other._new or cascade:
            configure_registry(other, cascade=cascade)


def _configure_all(registry: Registry) -> list[Mapper]:
    """Configure the new mappers; return those that a listener has asked to skip."""
    # It grows on the way, by backrefs; that it is not empty has other threads wait.
    waiting = registry._new
    skipped = [mapper for mapper in waiting if not _configure_mapper(registry, mapper)]
    done = [mapper for mapper in waiting if mapper not in skipped] if skipped else waiting
    for mapper in done:
        mapper.check_relationships()
    _call_hooks(registry, "__declare_last__")
    for mapper in done:
        tell_attributes(mapper)
    return skipped


def _configure_mapper(registry: Registry, mapper: Mapper) -> bool:
    """Configure a mapper; tell whether it was, and not skipped."""
    events = events_of(mapper)
    try:
        if events is not None:
            told = [heard(mapper, mapper.class_) for heard in events.before_mapper_configured]
            if EXT_SKIP in told:
                return False
        mapper.configure()
        if events is not None:
            for heard in events.mapper_configured:
                heard(mapper, mapper.class_)
    except Exception as error:
        registry._failed = (mapper, error)
        raise
    return True


def _check_failure(registry: Registry) -> None:
    if registry._failed is None:
        return
    mapper, error = registry._failed
    if mapper.class_ not in registry._mapped:
        registry._failed = None
        return
    message = getattr(error, "_message", lambda: str(error))()
    raise InvalidRequestError(
        "One or more mappers failed to initialize - can't proceed with initialization of other "
        f"mappers. Triggering mapper: '{mapper}'. Original exception was: {message}"
    ) from error


def _call_hooks(registry: Registry, name: str) -> None:
    for mapper in list(registry._new):
        hook = getattr(mapper.class_, name, None)
        if hook is not None and name not in mapper.hooks_called:
            mapper.hooks_called.add(name)
            hook()


def dispose_registry(registry: Registry, *, cascade: bool) -> None:
    """Unmap the classes of a registry."""
    dependents = [other for other in registry._dependents if other._mapped]
    if dependents and not cascade:
        raise InvalidRequestError(
            "Registry has dependent registries that are not disposed; pass cascade=True to clear "
            "these also"
        )
    for other in dependents:
        other._dependencies.discard(registry)
        other._dependents.discard(registry)
        dispose_registry(other, cascade=cascade)
    for mapper in list(registry._mapped.values()):
        mapper.unmap()
    registry._new.clear()
    registry._at_rest.clear()
    registry._written.clear()
    registry._failed = None
    registry._dependencies.clear()
    registry._dependents.clear()


def clear_mappers() -> None:
    """Unmap all classes of all registries; their attributes are plain ones again."""
    with _LOCK:
        for registry in list(REGISTRIES):
            registry._dependents.clear()
        for registry in list(REGISTRIES):
            dispose_registry(registry, cascade=True)


def class_mapper(class_: Any, configure: bool = True) -> Mapper:
    """Return the mapper of a class, configured unless that is not wanted."""
    if isinstance(class_, type):
        found: Mapper | None = class_.__dict__.get("__mapper__")
        if found is None:
            raise UnmappedClassError(class_, _waiting(class_))
        if configure:
            found.check_configure()
        return found
    mapper = getattr(class_, "mapper", None)
    if mapper is None or not hasattr(mapper, "class_"):
        raise ArgumentError(f"Class object expected, got '{class_!r}'.")
    known: Mapper = mapper
    return known


def _waiting(cls: type) -> str | None:
    """Return what there is to say of a class whose table is to be read first."""
    if not getattr(cls, "__waits_for_reflection__", False):
        return None
    return (
        f"Class {cls.__name__} is a subclass of DeferredReflection.  Mappings are not produced "
        "until the .prepare() method is called on the class hierarchy."
    )


def mapper_of(cls: Any) -> Mapper | None:
    """Return what ``inspect()`` says of a class: its mapper, configured; None if it has none.

    >>> mapper_of(int) is None
    True
    """
    found: Mapper | None = cls.__dict__.get("__mapper__")
    if found is not None:
        found.check_configure()
    return found


inspected_by(type, mapper_of)


def object_mapper(instance: Any) -> Mapper:
    """Return the mapper of an object's class."""
    mapper: Mapper | None = type(instance).__dict__.get("__mapper__")
    if mapper is None or (STATE not in vars(instance) and isinstance(instance, type)):
        raise UnmappedInstanceError(instance)
    return mapper
