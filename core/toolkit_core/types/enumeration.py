"""One of a fixed set of words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Generic, Literal, overload

from toolkit_core.errors import ArgumentError
from toolkit_core.newer_typing import TypeVar
from toolkit_core.types.schema_type import SchemaType
from toolkit_core.types.string import String, text_literal
from toolkit_core.types.structure import frozen
from toolkit_core.types.table import Processor, TypeDialect, Writes, generic
from toolkit_core.types.type_engine import TypeEngine

if TYPE_CHECKING:
    import enum

E_co = TypeVar("E_co", default=Any, covariant=True)
Member = TypeVar("Member", bound="enum.Enum")

if TYPE_CHECKING:

    class Words(TypeEngine[E_co]):
        """A string for the database, and for the checker a type of its own values."""

        length: int | None
        collation: str | None
        collation_schema: str | None
else:

    class Words(String, Generic[E_co]):
        """A string for the database, and for the checker a type of its own values."""


# The documented arguments beside the words, with their defaults.
_OPTIONS: dict[str, Any] = {
    "name": None,
    "native_enum": True,
    "create_constraint": False,
    "length": None,
    "omit_aliases": True,
    "validate_strings": False,
    "values_callable": None,
    "sort_key_function": None,
    "schema": None,
    "metadata": None,
    "inherit_schema": False,
    "quote": None,
    "create_type": True,
    "collation": None,
}

# What makes no other SQL of the same words, and is no part of how an Enum is shown.
_NOT_IN_KEY = frozenset({"metadata", "values_callable", "sort_key_function"})


class Enum(SchemaType, Words[E_co]):
    """One of a fixed set of words, or the members of an ``enum.Enum`` by their names.

    ``values_callable`` takes the class and returns what to store in place of the names.

    >>> Enum("red", "green", name="colour")
    Enum('red', 'green', name='colour')
    """

    visit_name = "enum"

    native_enum: bool = True
    create_constraint: bool = False
    omit_aliases: bool = True
    validate_strings: bool = False
    values_callable: Callable[[Any], Sequence[str]] | None = None
    enum_class: type[enum.Enum] | None = None

    @overload
    def __init__(
        self: Enum[Member],
        enum_class: type[Member],
        /,
        *,
        name: str | None = ...,
        native_enum: bool = ...,
        create_constraint: bool = ...,
        length: int | None = ...,
        omit_aliases: bool = ...,
        validate_strings: bool = ...,
        values_callable: Callable[[type[Member]], Sequence[str]] | None = ...,
        sort_key_function: Callable[[Any], Any] | Literal[False] | None = ...,
        schema: str | None = ...,
        metadata: Any = ...,
        inherit_schema: bool = ...,
        quote: bool | None = ...,
        create_type: bool = ...,
    ) -> None: ...

    @overload
    def __init__(
        self: Enum[str],
        /,
        *enums: str,
        name: str | None = ...,
        native_enum: bool = ...,
        create_constraint: bool = ...,
        length: int | None = ...,
        validate_strings: bool = ...,
        sort_key_function: Callable[[Any], Any] | Literal[False] | None = ...,
        schema: str | None = ...,
        metadata: Any = ...,
        inherit_schema: bool = ...,
        quote: bool | None = ...,
        create_type: bool = ...,
    ) -> None: ...

    def __init__(self, *enums: Any, **kw: Any) -> None:
        for key, value in kw.items():
            if key not in _OPTIONS:
                raise TypeError(f"Enum() takes no argument {key!r}; it takes {', '.join(_OPTIONS)}")
            if value is not _OPTIONS[key] and key != "length":
                setattr(self, key, value)
        self._set_words(enums)
        if "sort_key_function" not in kw:
            self.sort_key_function = None
        self._join_metadata()
        longest = max(map(len, self.enums), default=0)
        self.length = self._length(kw.get("length"), longest)

    def _set_words(self, enums: tuple[Any, ...]) -> None:
        """Sort out which words there are, and for which objects they stand."""
        if len(enums) == 1 and hasattr(enums[0], "__members__"):
            cls = self.enum_class = enums[0]
            members = {
                name: member
                for name, member in cls.__members__.items()
                if not self.omit_aliases or member.name == name
            }
            if self.values_callable is None:
                self.enums = list(members)
            else:
                self.enums = list(self.values_callable(cls))
                members = {member.name: member for member in cls}
            objects = list(members.values())
            if self.name is None:
                self.name = cls.__name__.lower()
            if len(objects) != len(self.enums):
                raise ArgumentError(
                    f"values_callable returned {len(self.enums)} values for the {len(objects)} "
                    f"members of {cls.__name__}"
                )
        else:
            self.enums = objects = list(enums)
        for word in self.enums:
            if not isinstance(word, str):
                raise ArgumentError(
                    f"the words of an Enum are strings, not {word!r}",
                    hint="one enum.Enum class, or the words one by one; values_callable returns "
                    "a list of strings",
                )
        self._objects = dict(zip(self.enums, objects, strict=True))
        self._words = {
            **{thing: word for word, thing in reversed(self._objects.items())},
            **{word: word for word in self.enums},
        }

    def _length(self, given: int | None, longest: int) -> int:
        if given is not None and given < longest:
            raise ValueError(
                "When provided, length must be larger or equal than the length of the longest "
                f"enum value. {given} < {longest}"
            )
        return longest if given is None else given

    @property
    def python_type(self) -> type[Any]:
        """The class of the members, or ``str``."""
        return self.enum_class or str

    @property
    def is_named_type(self) -> bool:  # type: ignore[override]
        """Whether it is a thing of its own, where a database has such things."""
        return self.native_enum

    @property
    def native(self) -> bool:
        """Whether a type of the database's own may be used."""
        return self.native_enum

    def word_for(self, value: Any) -> str:
        """Return what is stored for a member, or for a word itself."""
        try:
            found: str | None = self._words.get(value)
        except TypeError:
            found = None
        if found is not None:
            return found
        # Words that are not among the values are the database's to refuse, unless told.
        if isinstance(value, str) and not self.validate_strings:
            return value
        raise self._unknown(value)

    def object_for(self, word: Any) -> Any:
        """Return what a stored word stands for."""
        try:
            return self._objects[word]
        except KeyError:
            raise self._unknown(word) from None

    def _unknown(self, value: Any) -> LookupError:
        shown = self.enums if len(self.enums) < 10 else [*self.enums[:8], "...", self.enums[-1]]
        return LookupError(
            f"{str(value)!r} is not among the defined enum values. Enum name: {self.name}. "
            f"Possible values: {', '.join(shown)}"
        )

    def adapt(self, cls: type[TypeEngine[Any]], **kw: Any) -> TypeEngine[Any]:
        """Return a type of another class with the same words."""
        if cls is type(self) and not kw:
            return self._changed()
        if not issubclass(cls, Enum):
            return super().adapt(cls, **kw)
        given = {key: self.__dict__[key] for key in _OPTIONS if key in self.__dict__}
        words = [self.enum_class] if self.enum_class is not None else self.enums
        return cls(*words, **{**given, **kw})

    def as_generic(self, allow_nulltype: bool = False) -> TypeEngine[Any]:
        """Return the portable type."""
        return self.adapt(Enum)

    def _key_parts(self) -> list[object]:
        return [
            (name, frozen(value))
            for name, value in sorted(self.__dict__.items())
            if name not in _NOT_IN_KEY and (name[0] != "_" or name == "_variants")
        ]

    def __repr__(self) -> str:
        shown = [repr(word) for word in self.enums]
        for key, default in _OPTIONS.items():
            value = self.__dict__.get(key, default)
            usual = key == "length" and value == max(map(len, self.enums), default=0)
            if value is not default and not usual and key not in _NOT_IN_KEY:
                shown.append(f"{key}={value!r}")
        return f"{type(self).__name__}({', '.join(shown)})"


@generic.bind(Enum)
def bind_enum(type_: Enum[Any], dialect: TypeDialect) -> Processor:
    """Store the word."""
    word_for = type_.word_for
    return lambda value: None if value is None else word_for(value)


@generic.result(Enum)
def read_enum(type_: Enum[Any], dialect: TypeDialect, coltype: Any) -> Processor:
    """Give what the word stands for."""
    object_for = type_.object_for
    return lambda value: None if value is None else object_for(value)


@generic.literal(Enum)
def write_enum(type_: Enum[Any], dialect: TypeDialect) -> Writes:
    """Write the word."""
    word_for, write = type_.word_for, text_literal(dialect)
    return lambda value: write(word_for(value))
