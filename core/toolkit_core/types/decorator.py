"""Types that put something of the user's own around a type that there is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from toolkit_core.types.external import ExternalType
from toolkit_core.types.operator_class import OperatorClass
from toolkit_core.types.structure import frozen, shown
from toolkit_core.types.table import Processor, TypeDialect, Writes
from toolkit_core.types.type_engine import TypeEngine, to_instance

T_co = TypeVar("T_co", covariant=True)


class TypeDecorator(ExternalType, TypeEngine[T_co]):
    """A type that changes values on the way to and from another one, its ``impl``.

    >>> from toolkit_core.types import String
    >>> class Lower(TypeDecorator):
    ...     impl = String
    ...     cache_ok = True
    ...     def process_bind_param(self, value, dialect):
    ...         return None if value is None else value.lower()
    >>> Lower(20)
    Lower(length=20)
    """

    visit_name = "type_decorator"

    # Beside values of these types, == and != are IS and IS NOT.
    coerce_to_is_types: ClassVar[tuple[type[Any], ...]] = (type(None),)

    if TYPE_CHECKING:
        impl: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        made = getattr(type(self), "impl", None)
        if made is None:
            raise AssertionError(
                "TypeDecorator implementations require a class-level variable 'impl' which refers "
                "to the class of type being decorated"
            )
        self.impl = to_instance(made, *args, **kwargs)

    # -- what a user's class overrides -----------------------------------------------------

    def process_bind_param(self, value: Any, dialect: TypeDialect) -> Any:
        """Return what ``impl`` is to send for a value."""
        return value

    def process_result_value(self, value: Any, dialect: TypeDialect) -> Any:
        """Return what a value that came from ``impl`` means."""
        return value

    def process_literal_param(self, value: Any, dialect: TypeDialect) -> Any:
        """Return what ``impl`` is to write into the SQL; without it what it is to send."""
        return value

    def load_dialect_impl(self, dialect: TypeDialect) -> TypeEngine[Any]:
        """Return the type to use on a dialect."""
        found: TypeEngine[Any] = self.impl
        return found

    # -- how values travel -----------------------------------------------------------------

    def type_engine(self, dialect: TypeDialect) -> TypeEngine[Any]:
        """Return the type that does the work on a dialect."""
        return to_instance(self.load_dialect_impl(dialect)).dialect_impl(dialect)

    def dialect_impl(self, dialect: TypeDialect) -> TypeEngine[Any]:
        """Return itself, or the variant for the dialect."""
        found = super().dialect_impl(dialect)
        return found if found is self else found.dialect_impl(dialect)

    def bind_processor(self, dialect: TypeDialect) -> Processor | None:
        """Return ``process_bind_param`` and what the impl does, in this order."""
        inner = self.type_engine(dialect).bind_processor(dialect)
        if not self._overrides("process_bind_param"):
            return inner
        own = self.process_bind_param
        if inner is None:
            return lambda value: own(value, dialect)
        return lambda value: inner(own(value, dialect))

    def result_processor(self, dialect: TypeDialect, coltype: Any) -> Processor | None:
        """Return what the impl does and ``process_result_value``, in this order."""
        inner = self.type_engine(dialect).result_processor(dialect, coltype)
        if not self._overrides("process_result_value"):
            return inner
        own = self.process_result_value
        if inner is None:
            return lambda value: own(value, dialect)
        return lambda value: own(inner(value), dialect)

    def literal_processor(self, dialect: TypeDialect) -> Writes | None:
        """Return ``process_literal_param``, or else ``process_bind_param``, and the impl's."""
        here = self.type_engine(dialect)
        inner = here.literal_processor(dialect)
        if self._overrides("process_literal_param"):
            own = self.process_literal_param
        elif self._overrides("process_bind_param"):
            own = self.process_bind_param
        else:
            return inner
        if inner is None:
            return None
        nulls = not here.should_evaluate_none

        def write(value: Any) -> str:
            sent = own(value, dialect)
            return "NULL" if sent is None and nulls else inner(sent)

        return write

    def _overrides(self, method: str) -> bool:
        return getattr(type(self), method) is not getattr(TypeDecorator, method)

    # -- what the impl says ----------------------------------------------------------------

    def bind_expression(self, bindvalue: Any) -> Any:
        """Return the impl's."""
        return self.impl.bind_expression(bindvalue)

    def column_expression(self, column: Any) -> Any:
        """Return the impl's."""
        return self.impl.column_expression(column)

    def get_dbapi_type(self, dbapi: Any) -> Any:
        """Return the impl's."""
        return self.impl.get_dbapi_type(dbapi)

    def compare_values(self, x: Any, y: Any) -> bool:
        """Compare as the impl does."""
        return bool(self.impl.compare_values(x, y))

    def coerce_compared_value(self, op: Any, value: Any) -> TypeEngine[Any]:
        """Return itself: whatever is compared with it goes through it."""
        return self

    @property
    def impl_instance(self) -> TypeEngine[Any]:
        """The impl, as the instance that it is."""
        found: TypeEngine[Any] = self.impl
        return found

    @property
    def comparator_factory(self) -> Any:
        """The impl's."""
        return self.impl.comparator_factory

    @property
    def operator_classes(self) -> OperatorClass:  # type: ignore[override]
        """The impl's."""
        found: OperatorClass = self.impl.operator_classes
        return found

    @property
    def sort_key_function(self) -> Any:  # type: ignore[override]
        """The impl's."""
        return self.impl.sort_key_function

    def __getattr__(self, name: str) -> Any:
        if name == "impl" or name.startswith("_"):
            raise AttributeError(name)
        return getattr(self.impl, name)

    # -- what it is made of ----------------------------------------------------------------

    def copy(self, **kw: Any) -> TypeEngine[Any]:
        """Return a copy."""
        return self._changed(**kw)

    def _key_parts(self) -> list[object]:
        parts = super()._key_parts()
        return [*parts, frozen(self.impl)]

    def __repr__(self) -> str:
        inner = repr(self.impl)
        parts = [shown(self, skip=("impl",)), inner[inner.index("(") + 1 : -1]]
        return f"{type(self).__name__}({', '.join(filter(None, parts))})"
