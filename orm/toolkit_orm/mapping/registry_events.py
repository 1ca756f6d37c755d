"""What happens to a registry, and the types that its listeners may decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from toolkit_core.events import Events
from toolkit_core.types import NULLTYPE, PLAIN, TypeEngine
from toolkit_orm.mapping.annotation import Hint, is_alias, is_annotated, without_none
from toolkit_orm.mapping.annotation_type import found_type, type_for

if TYPE_CHECKING:
    from toolkit_orm.mapping.registry import registry as Registry  # noqa: N812 - a class


class RegistryEvents(Events):
    """What happens to a registry: listen to it."""

    def resolve_type_annotation(self, resolve_type: Any) -> Any:
        """A column needs a type for its annotation: return it, or None to leave it as it is."""

    def before_configured(self, registry: Any) -> None:
        """The mappers of a registry are about to be configured."""

    def after_configured(self, registry: Any) -> None:
        """The mappers of a registry were configured."""


class TypeResolve:
    """What the annotation of a column says, taken apart.

    ``raw_type`` is as it was written inside of ``Mapped[]``, ``resolved_type`` what it comes to:
    without None, and without alias and ``Annotated`` around it.
    """

    def __init__(self, registry: Registry, cls: type, key: str, hint: Hint) -> None:
        self.registry = registry
        self.cls = cls
        self.key = key
        self.raw_type = hint.whole
        found, _ = without_none(hint.whole)
        self.raw_pep_695_type = self.pep_695_resolved_value = None
        if is_alias(found):
            self.raw_pep_695_type = found
            found = self.pep_695_resolved_value = without_none(found.__value__)[0]
        self.raw_pep_593_type = self.pep_593_resolved_argument = None
        if is_annotated(found):
            self.raw_pep_593_type = found
            found = self.pep_593_resolved_argument = without_none(get_args(found)[0])[0]
        self.resolved_type = found

    def resolve(self, python_type: Any) -> TypeEngine[Any] | None:
        """Return the column type for another Python type; None if there is none."""
        return found_type(python_type, self.registry.type_annotation_map)


def resolved_type(registry: Registry, cls: type, key: str, hint: Hint) -> TypeEngine[Any]:
    """Return the type of a column: what a listener says, or what its annotation does."""
    if not registry.dispatch.active and not registry.type_annotation_map:
        known = PLAIN.get(hint.whole) if hint.whole.__class__ is type else None
        if known is not None and known is not NULLTYPE:
            return known
    for heard in registry.dispatch.resolve_type_annotation:
        told = heard(TypeResolve(registry, cls, key, hint))
        if told is not None:
            made: TypeEngine[Any] = told() if isinstance(told, type) else told
            return made
    return type_for(hint, key, registry.type_annotation_map)
