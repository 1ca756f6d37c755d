"""What a type is: how values go to the database and come back, and what operators give."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from toolkit_core.errors import ArgumentError
from toolkit_core.newer_typing import Self
from toolkit_core.types.operator_class import OperatorClass
from toolkit_core.types.structure import NoKey, Unkeyed, argument_names, frozen, interned, shown
from toolkit_core.visit_name import VisitName

if TYPE_CHECKING:
    from toolkit_core.types.table import Processor, TypeDialect, Writes

# Covariant, so that a type of int serves where one of float is asked for.
T_co = TypeVar("T_co", covariant=True)


# Where the classes are that are no type for a column, or a name of one database's.
_NOT_PORTABLE = ("type_engine", "sql_standard", "external", "decorator", "shapes", "schema_type")


class Later:
    """A class attribute that lives in a higher room, fetched when it is first asked for.

    Comparators build expressions, and expressions have types; so types can only name them.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._found: Any = None

    def __get__(self, instance: object, owner: type[Any] | None = None) -> Any:
        if self._found is None:
            module, _, name = self._path.partition(":")
            self._found = getattr(import_module(module), name)
        return self._found


class TypeEngine(Generic[T_co]):
    """The base of all types.

    Two types of the same class with the same arguments are interchangeable in a compiled
    statement: ``static_key`` says so.  An argument at its default is not stored, so a type
    without arguments has an empty dictionary.
    """

    __visit_name__: Any = VisitName()
    # The name that rules and dialects know the type by.
    visit_name: ClassVar[str] = "type"
    # Types of one family may be compared with each other's values as they are.
    family: ClassVar[type[TypeEngine[Any]] | None] = None
    operator_classes: ClassVar[OperatorClass] = OperatorClass.ANY

    # What the operators of expressions of this type do, beside what they do by default.
    Comparator: Any = Later("toolkit_core.expression.comparator:Comparator")
    # None: nothing but the default.
    comparator_factory: Any = None

    # Beside values of these types, == and != are IS and IS NOT, or compare with a constant.
    coerce_to_is_types: ClassVar[tuple[type[Any], ...]] = (type(None), bool)

    # Whether None is a value to be processed, rather than NULL.
    should_evaluate_none: bool = False
    # Whether values can be put into a set, as rows are made unique by.
    hashable: bool = True
    # Whether a bound value, or a literal, must be written with a CAST around it.
    render_bind_cast: ClassVar[bool] = False
    render_literal_cast: ClassVar[bool] = False
    # By which key values are sorted; None: they can be compared as they are.
    sort_key_function: Callable[[Any], Any] | None = None

    # Other types for some dialects, by the dialect's name.
    _variants: dict[str, TypeEngine[Any]] | None = None
    _key: object = None

    # -- how values travel -----------------------------------------------------------------

    def bind_processor(self, dialect: TypeDialect) -> Processor | None:
        """Return what makes of a Python value what the driver takes; None: nothing to do."""
        rule = dialect.types.bind.find(type(self))
        return None if rule is None else rule(self, dialect)

    def result_processor(self, dialect: TypeDialect, coltype: Any) -> Processor | None:
        """Return what makes a Python value of what the driver gives; None: nothing to do."""
        rule = dialect.types.result.find(type(self))
        return None if rule is None else rule(self, dialect, coltype)

    def literal_processor(self, dialect: TypeDialect) -> Writes | None:
        """Return what writes a value into the SQL itself; None: that cannot be done."""
        rule = dialect.types.literal.find(type(self))
        return None if rule is None else rule(self, dialect)

    def bind_expression(self, bindvalue: Any) -> Any:
        """Return the SQL to put in place of a parameter; None: the parameter alone."""
        return None

    def column_expression(self, column: Any) -> Any:
        """Return the SQL to select in place of a column; None: the column alone."""
        return None

    def get_dbapi_type(self, dbapi: Any) -> Any:
        """Return the driver's own object for the type, for ``setinputsizes``."""
        return None

    # -- what the type is for a dialect ----------------------------------------------------

    def dialect_impl(self, dialect: TypeDialect) -> TypeEngine[Any]:
        """Return the type that stands for this one on a dialect."""
        if self._variants is None:
            return self
        return self._variants.get(dialect.name, self)

    def with_variant(self, type_: Any, *dialect_names: str) -> Self:
        """Return a copy that is another type on some dialects.

        >>> from toolkit_core.types import Integer, BigInteger
        >>> BigInteger().with_variant(Integer, "sqlite")
        BigInteger()
        """
        if not dialect_names:
            raise ArgumentError("At least one dialect name is required")
        variants = dict(self._variants or {})
        for name in dialect_names:
            if name in variants:
                raise ArgumentError(
                    f"Dialect {name!r} is already present in the mapping for this {self!r}"
                )
        variant = to_instance(type_)
        if variant._variants is not None:
            raise ArgumentError(
                "can't pass a type that already has variants as a dialect-level type to "
                "with_variant()",
                hint="call with_variant() of the outer type once for each",
            )
        variants.update(dict.fromkeys(dialect_names, variant))
        return self._changed(_variants=variants)

    def compile(self, dialect: TypeDialect | None = None) -> str:
        """Return the type as DDL has it.

        >>> from toolkit_core.types import Numeric
        >>> Numeric(10, 2).compile()
        'NUMERIC(10, 2)'
        """
        text: str = import_module("toolkit_core.compiler.standard").type_text(self, dialect)
        return text

    def __str__(self) -> str:
        return self.compile()

    # -- what values are to each other -----------------------------------------------------

    @property
    def python_type(self) -> type[Any]:
        """The type of its values in Python."""
        return object

    def compare_values(self, x: Any, y: Any) -> bool:
        """Tell whether two values are the same one."""
        return bool(x == y)

    def coerce_compared_value(self, op: Any, value: Any) -> TypeEngine[Any]:
        """Return the type of a value that an operator puts beside an expression of this type.

        What the value itself suggests, unless that is of the same family, or unknown.
        """
        return self._beside(type_of_value(value))

    def for_value(self, value: Any, found: TypeEngine[Any], op: Any = None) -> TypeEngine[Any]:
        """Do what ``coerce_compared_value`` does, where the value's own type is known already."""
        if type(self).coerce_compared_value is not TypeEngine.coerce_compared_value:
            return to_instance(self.coerce_compared_value(op, value))
        if value.__class__ is int and value.bit_length() > 31:
            found = PLAIN[Large]
        return self._beside(found)

    def _beside(self, found: TypeEngine[Any]) -> TypeEngine[Any]:
        if found.family is None or found.family is self.family:
            return self
        return found

    def evaluates_none(self) -> Self:
        """Return a copy that treats None as a value, where otherwise it is NULL or left out."""
        return self._changed(should_evaluate_none=True)

    # -- what it is made of ----------------------------------------------------------------

    def adapt(self, cls: type[TypeEngine[Any]], **kw: Any) -> TypeEngine[Any]:
        """Return a type of another class with the same arguments, as far as it has them."""
        if cls is type(self) and not kw:
            return self._changed()
        for name in argument_names(cls):
            if name not in kw and hasattr(self, name):
                kw[name] = getattr(self, name)
        return cls(**kw)

    def copy(self, **kw: Any) -> TypeEngine[Any]:
        """Return a copy, with other arguments if some are given."""
        return self.adapt(type(self), **kw)

    def as_generic(self, allow_nulltype: bool = False) -> TypeEngine[Any]:
        """Return the portable type for this one.

        >>> from toolkit_core.types import NVARCHAR
        >>> NVARCHAR(5).as_generic()
        Unicode(length=5)
        """
        for cls in type(self).__mro__:
            package, _, module = cls.__module__.rpartition(".")
            if package == __package__ and module not in _NOT_PORTABLE:
                return self.adapt(cls)
        raise NotImplementedError(
            f"TypeEngine.as_generic() finds no portable type for {type(self).__name__}: give the "
            "class an as_generic() method of its own"
        )

    def static_key(self) -> object:
        """Return what this type is, for the key of a statement; a ``NoKey`` if none can tell."""
        found = self._key
        if found is None:
            if not self.__dict__:
                return self.__class__
            try:
                found = interned((self.__class__, *self._key_parts()))
            except Unkeyed:
                return NoKey()
            self.__dict__["_key"] = found
        return found

    def _key_parts(self) -> list[object]:
        parts: list[object] = [
            (name, frozen(value))
            for name, value in sorted(self.__dict__.items())
            if name[0] != "_" or name == "_variants"
        ]
        return parts

    def _changed(self, **changes: Any) -> Self:
        """Return a copy with other attributes."""
        made = self.__class__.__new__(self.__class__)
        state = made.__dict__
        state.update(self.__dict__)
        state.pop("_key", None)
        state.update(changes)
        return made

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in self.__dict__.items() if name != "_key"}

    def __repr__(self) -> str:
        return f"{type(self).__name__}({shown(self)})"


class NullType(TypeEngine[Any]):
    """The type of what nothing is known about: values pass as they are."""

    visit_name = "null"

    def _beside(self, found: TypeEngine[Any]) -> TypeEngine[Any]:
        """Return what the value's own type suggests, since this one knows nothing."""
        return found

    def as_generic(self, allow_nulltype: bool = False) -> TypeEngine[Any]:
        """Return itself where that is allowed."""
        if allow_nulltype:
            return self
        raise NotImplementedError(
            "NullType has no portable type: it is unknown what the column holds; "
            "as_generic(allow_nulltype=True) lets it pass"
        )


NULLTYPE = NullType()


def to_instance(typeobj: Any, *args: Any, **kwargs: Any) -> TypeEngine[Any]:
    """Return a type, of what may be one already, a class or function that makes one, or None.

    >>> from toolkit_core.types import String
    >>> to_instance(String, 5), to_instance(None)
    (String(length=5), NullType())
    """
    if typeobj is None:
        return NULLTYPE
    if isinstance(typeobj, TypeEngine):
        return typeobj
    if callable(typeobj):
        made: TypeEngine[Any] = typeobj(*args, **kwargs)
        return made
    raise ArgumentError(
        f"a type is expected, not {typeobj!r}", hint="a class such as Integer, or String(50)"
    )


# The type that a plain value suggests, by its class; ``values`` fills it.
PLAIN: dict[type[Any], TypeEngine[Any]] = {}
# The same for classes whose modules nobody has imported yet, by module and name.
UNSEEN: dict[tuple[str, str], Callable[[], TypeEngine[Any]]] = {}


def type_of_value(value: Any) -> TypeEngine[Any]:
    """Return the type that a value suggests.

    >>> from decimal import Decimal
    >>> type_of_value("x"), type_of_value(Decimal(1)), type_of_value(object())
    (String(), Numeric(), NullType())
    """
    cls = value.__class__
    found = PLAIN.get(cls)
    if found is None:
        found = next((t for t in map(_type_of_class, cls.__mro__) if t is not None), NULLTYPE)
    if cls is int and value.bit_length() > 31:
        return PLAIN[Large]
    return found


class Large(int):
    """Stands in ``PLAIN`` for numbers that do not fit into 32 bits."""


def _type_of_class(cls: type[Any]) -> TypeEngine[Any] | None:
    found = PLAIN.get(cls)
    if found is None:
        make = UNSEEN.get((cls.__module__, cls.__qualname__))
        if make is not None:
            found = PLAIN[cls] = make()
    return found
