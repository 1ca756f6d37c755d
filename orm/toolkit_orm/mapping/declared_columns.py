"""From what a class declares to columns that are ready for its table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit_core.errors import ArgumentError, SADeprecationWarning, warn
from toolkit_core.schema import Column
from toolkit_core.types import NULLTYPE
from toolkit_orm.errors import MappedAnnotationError
from toolkit_orm.mapping.annotation import Hint, unknown_in
from toolkit_orm.mapping.annotation_type import literal_optional
from toolkit_orm.mapping.attribute_options import NO_ARG
from toolkit_orm.mapping.column_property import ColumnProperty
from toolkit_orm.mapping.mapped_column import MappedColumn
from toolkit_orm.mapping.property import MapperProperty
from toolkit_orm.mapping.registry_events import resolved_type
from toolkit_orm.mapping.scan import Found

if TYPE_CHECKING:
    from toolkit_orm.mapping.registry import registry as Registry  # noqa: N812 - a class


def settle(found: Found, cls: type, registry: Registry) -> None:
    """Give an attribute its value where only an annotation says it, and a column its type."""
    hint, value = found.hint, found.value
    if value is NO_ARG:
        value = found.value = _from_annotation(hint)
    elif hint is not None and hint.recipe and isinstance(value, MappedColumn):
        _take_recipe(value, hint)
    if isinstance(value, MapperProperty):
        if hint is None and getattr(value, "argument", value) is None:
            raise ArgumentError(
                "Python typing annotation is required for attribute "
                f'"{found.origin.__name__}.{found.name}" when primary argument(s) for '
                f'"{type(value).__name__}" construct are None or not present',
                hint=f"{found.name}: Mapped[list['Other']] = relationship(), or "
                "relationship('Other')",
            )
        if not isinstance(value, ColumnProperty) and hint is not None:
            value.read_annotation(hint, cls, found.name)
        return
    if isinstance(value, MappedColumn):
        _settle_column(found, value, cls, registry)


def _from_annotation(hint: Hint | None) -> Any:
    recipe = None if hint is None else _recipe(hint)
    if recipe is None:
        return MappedColumn()
    if not isinstance(recipe, MappedColumn):
        return recipe
    return _without_name(recipe.copied())


def _without_name(recipe: MappedColumn[Any]) -> MappedColumn[Any]:
    """Return a recipe for many columns, which cannot all have its name."""
    column: Any = recipe.column
    if column.name is not None or column.key is not None:
        warn(
            "Can't use the 'key' or 'name' arguments in Annotated with mapped_column(); this will "
            "be ignored",
            SADeprecationWarning,
        )
        column.name = column.key = None
    return recipe


def _recipe(hint: Hint) -> Any:
    """Return the column that stands in ``Annotated[type, mapped_column(...)]``."""
    for one in hint.recipe:
        if isinstance(one, (MappedColumn, MapperProperty)):
            if not isinstance(one, MappedColumn):
                raise NotImplementedError(
                    f"Use of the '{type(one).__name__}' construct inside of an Annotated object is "
                    "not yet supported."
                )
            return one
    return None


def _take_recipe(value: MappedColumn[Any], hint: Hint) -> None:
    """Let a column have what its recipe says and it does not say itself."""
    recipe = _recipe(hint)
    if recipe is None:
        return
    merge_columns(_without_name(recipe.copied()).column, value.column)
    if recipe.nullable_given and not value.nullable_given:
        value.column.nullable = recipe.column.nullable
        value.__dict__["nullable_given"] = True
    for name, told in recipe.__dict__.items():
        if name not in ("column", "nullable_given", "options") and name not in value.__dict__:
            value.__dict__[name] = told
    if "options" in recipe.__dict__ and "options" not in value.__dict__:
        value.__dict__["options"] = recipe.options


_MERGED = (
    "primary_key",
    "index",
    "unique",
    "doc",
    "comment",
    "system",
    "default",
    "onupdate",
    "server_default",
    "server_onupdate",
    "computed",
    "identity",
    "info",
)


def merge_columns(recipe: Column[Any], column: Column[Any]) -> None:
    """Give a column what another says and it does not say itself."""
    own = column.__dict__
    if column.type is NULLTYPE:
        column.type = recipe.type
    if recipe.primary_key and "primary_key" not in own and not column._nullable_given:
        column.nullable = recipe.nullable
    if recipe.autoincrement != "auto" and column.autoincrement == "auto":
        column.autoincrement = recipe.autoincrement
    own.update(
        {
            name: recipe.__dict__[name]
            for name in _MERGED
            if recipe.__dict__.get(name) is not None and own.get(name) is None
        }
    )
    for key in recipe.foreign_keys:
        if not column.foreign_keys:
            key._copy()._attach(column)
    for constraint in recipe.constraints:
        constraint._copy()._attach(column)


def _refuse_unknown(hint: Hint) -> None:
    """Refuse a name that nobody knows: it may stand for something that may be null."""
    unknown = unknown_in(hint.whole)
    if unknown is not None:
        raise MappedAnnotationError(
            f'Could not resolve all types within mapped annotation: "Mapped[{unknown!r}]".  '
            "Ensure all types are written correctly and are imported within the module in use.",
            hint="import it at run time, not for type checkers only; for a relationship, say "
            "relationship()",
        )


def _settle_column(found: Found, value: MappedColumn[Any], cls: type, registry: Registry) -> None:
    column, hint = value.column, found.hint
    if hint is None:
        if column.type is NULLTYPE and not _gets_type(column):
            raise ArgumentError(
                "Python typing annotation is required for attribute "
                f'"{found.origin.__name__}.{found.name}" when primary argument(s) for '
                '"MappedColumn" construct are None or not present',
                hint=f"{found.name}: Mapped[int] = mapped_column(...), or mapped_column(Integer)",
            )
        return
    if hint.whole.__class__ is not type:
        _refuse_unknown(hint)
    if not value.nullable_given:
        column.nullable = hint.optional or literal_optional(hint.inner)
    # Where there is a foreign key, the type is that of what it refers to.
    if column.type is NULLTYPE and not column.foreign_keys:
        column.type = resolved_type(registry, cls, found.name, hint)


def _gets_type(column: Column[Any]) -> bool:
    return bool(column.foreign_keys) or column.computed is not None


def name_column(column: Column[Any], name: str) -> None:
    """Name a column after its attribute, where it has no name of its own."""
    own: str | None = column.name
    if own is None:
        own = column.name = name
    if column.key is None:
        column.key = column.names_parameter = own
