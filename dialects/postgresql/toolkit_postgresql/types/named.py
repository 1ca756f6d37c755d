"""Types that are things of a schema, with names: enumerations and domains.

https://www.postgresql.org/docs/current/sql-createtype.html
https://www.postgresql.org/docs/current/sql-createdomain.html
"""

from __future__ import annotations

from typing import Any

from toolkit_core.dialect import CompileError
from toolkit_core.dialect.schema import CreateNamedType, DropNamedType, create_type, drop_type
from toolkit_core.dialect.types import (
    Enum,
    Processor,
    SchemaType,
    TypeDialect,
    TypeEngine,
    Writes,
    text_literal,
    to_instance,
)
from toolkit_postgresql.types.table import postgresql_types


class NamedType(SchemaType):
    """What can be created and dropped on its own."""

    is_named_type = True

    def create(self, bind: Any, checkfirst: Any = True, **kw: Any) -> None:
        """Create the type, unless it is there already."""
        create_type(self, bind, checkfirst)

    def drop(self, bind: Any, checkfirst: Any = True, **kw: Any) -> None:
        """Drop the type, if it is there."""
        drop_type(self, bind, checkfirst)


class ENUM(NamedType, Enum[Any]):
    """PostgreSQL's ``ENUM``; with ``create_type=False`` only its own ``create()`` creates it.

    >>> ENUM("red", "green", name="colour", create_type=False)
    ENUM('red', 'green', name='colour', create_type=False)
    """

    visit_name = "ENUM"

    def __init__(self, *enums: Any, name: str | None = None, **kw: Any) -> None:
        if kw.pop("native_enum", True) is False:
            raise CompileError(
                "an ENUM of PostgreSQL is native", hint="Enum(native_enum=False) is a VARCHAR"
            )
        super().__init__(*enums, name=name, **kw)


class DOMAIN(NamedType, TypeEngine[Any]):
    """PostgreSQL's ``DOMAIN``: another type with a name, a default and conditions of its own.

    >>> from toolkit_core.dialect.types import Integer
    >>> DOMAIN("positive", Integer, check="VALUE > 0")
    DOMAIN('positive', Integer())
    """

    visit_name = "DOMAIN"

    collation: str | None = None
    collation_schema: str | None = None
    default: Any = None
    constraint_name: str | None = None
    not_null: bool | None = None
    check: Any = None

    def __init__(
        self,
        name: str,
        data_type: Any,
        *,
        collation: str | None = None,
        collation_schema: str | None = None,
        default: Any = None,
        constraint_name: str | None = None,
        not_null: bool | None = None,
        check: Any = None,
        create_type: bool = True,
        **kw: Any,
    ) -> None:
        super().__init__(name=name, create_type=create_type, **kw)
        self.data_type: TypeEngine[Any] = to_instance(data_type)
        given = {
            "collation": collation,
            "collation_schema": collation_schema,
            "default": default,
            "constraint_name": constraint_name,
            "not_null": not_null,
            "check": check,
        }
        self.__dict__.update({key: one for key, one in given.items() if one is not None})

    @property
    def family(self) -> Any:  # type: ignore[override]
        """That of the type behind it."""
        return self.data_type.family

    @property
    def operator_classes(self) -> Any:  # type: ignore[override]
        """Those of the type behind it."""
        return self.data_type.operator_classes

    @property
    def comparator_factory(self) -> Any:
        """That of the type behind it."""
        return self.data_type.comparator_factory or self.data_type.Comparator

    @property
    def python_type(self) -> type[Any]:
        """That of the type behind it."""
        return self.data_type.python_type

    def coerce_compared_value(self, op: Any, value: Any) -> TypeEngine[Any]:
        """Return what the type behind it makes of the value."""
        return self.data_type.coerce_compared_value(op, value)

    def _key_parts(self) -> list[object]:
        return [("name", str(self.name)), ("schema", self.schema), self.data_type.static_key()]

    def __repr__(self) -> str:
        return f"DOMAIN({self.name!r}, {self.data_type!r})"


class CreateEnumType(CreateNamedType):
    """``CREATE TYPE ... AS ENUM``."""


class DropEnumType(DropNamedType):
    """``DROP TYPE``."""


class CreateDomainType(CreateNamedType):
    """``CREATE DOMAIN``."""


class DropDomainType(DropNamedType):
    """``DROP DOMAIN``."""


@postgresql_types.bind(DOMAIN)
def bind_domain(type_: DOMAIN, dialect: TypeDialect) -> Processor | None:
    """Do what the type behind it does."""
    return type_.data_type.dialect_impl(dialect).bind_processor(dialect)


@postgresql_types.result(DOMAIN)
def read_domain(type_: DOMAIN, dialect: TypeDialect, coltype: Any) -> Processor | None:
    """Do what the type behind it does."""
    return type_.data_type.dialect_impl(dialect).result_processor(dialect, coltype)


@postgresql_types.literal(DOMAIN)
def write_domain(type_: DOMAIN, dialect: TypeDialect) -> Writes | None:
    """Do what the type behind it does."""
    return type_.data_type.dialect_impl(dialect).literal_processor(dialect)


@postgresql_types.literal(Enum)
def write_enum(type_: Enum[Any], dialect: TypeDialect) -> Writes:
    """Write the word: of which enumeration it is PostgreSQL finds by what stands beside it."""
    write = text_literal(dialect)
    return lambda value: write(type_.word_for(value))
