"""What a type can be asked, and what it says when it is asked for something that it cannot be."""

from __future__ import annotations

import copy
import datetime as dt
import enum
import pickle
import subprocess
import sys
from types import SimpleNamespace
from typing import Any

import pytest

import toolkit_core.types
from tests.core.types.dialects import ANSI, SQLITE
from tests.core.types.examples import EXAMPLES, UD, E
from toolkit_core.errors import ArgumentError
from toolkit_core.types import (
    ARRAY,
    JSON,
    NULLTYPE,
    VARCHAR,
    BigInteger,
    Binary,
    Boolean,
    Concatenable,
    Date,
    DateTime,
    Enum,
    Float,
    Indexable,
    Integer,
    Interval,
    LargeBinary,
    Numeric,
    PickleType,
    SchemaType,
    String,
    Text,
    TypeDecorator,
    TypeEngine,
    UserDefinedType,
    Variant,
    adapt_type,
    to_instance,
)
from toolkit_core.types.by_class import ByClass

# -- variants ------------------------------------------------------------------------------


def test_a_variant_leaves_the_type_itself_as_it_was() -> None:
    plain = String(5)
    varied = plain.with_variant(Text(), "sqlite", "mysql")
    assert plain.dialect_impl(SQLITE) is plain
    assert isinstance(varied.dialect_impl(SQLITE), Text)
    assert varied.dialect_impl(ANSI) is varied


def test_variants_add_up() -> None:
    type_ = String().with_variant(Text(), "sqlite").with_variant(VARCHAR(9), "standard")
    assert (type_.compile(SQLITE), type_.compile(ANSI)) == ("TEXT", "VARCHAR(9)")


def test_a_variant_is_given_once_for_each_dialect() -> None:
    type_ = Integer().with_variant(String(), "sqlite")
    with pytest.raises(ArgumentError, match="'sqlite' is already present in the mapping"):
        type_.with_variant(String(), "sqlite")
    with pytest.raises(ArgumentError, match="can't pass a type that already has variants"):
        Integer().with_variant(type_, "mysql")
    with pytest.raises(ArgumentError, match="At least one dialect name"):
        Integer().with_variant(String())


def test_variant_as_a_class_is_a_name_only() -> None:
    with pytest.raises(NotImplementedError, match="no longer used"):
        Variant()


# -- copies --------------------------------------------------------------------------------


def test_a_type_is_adapted_to_another_class_with_the_arguments_that_both_have() -> None:
    assert repr(String(50, "fr").adapt(Text)) == "Text(length=50, collation='fr')"
    assert repr(Numeric(5, 2).adapt(Float)) == "Float(precision=5, asdecimal=True)"
    assert repr(Integer().adapt(BigInteger)) == "BigInteger()"
    assert repr(String(5).copy(length=4)) == "String(length=4)"


def test_an_enum_is_adapted_with_its_words() -> None:
    class Other(Enum[Any]):
        pass

    made = Enum(E, name="n", length=20).adapt(Other)
    assert repr(made) == "Other('a', 'bb', name='n', length=20)"
    assert isinstance(made, Other)
    assert made.enum_class is E


def test_evaluates_none_is_a_copy() -> None:
    plain = String()
    assert plain.evaluates_none().should_evaluate_none
    assert not plain.should_evaluate_none
    assert JSON(none_as_null=True).evaluates_none().should_evaluate_none


def test_the_portable_type_of_nothing_is_asked_for_by_name() -> None:
    assert NULLTYPE.as_generic(allow_nulltype=True) is NULLTYPE
    with pytest.raises(NotImplementedError, match="allow_nulltype"):
        NULLTYPE.as_generic()
    with pytest.raises(NotImplementedError, match="finds no portable type for UD"):
        UD().as_generic()


def test_a_users_subclass_has_the_portable_type_of_its_parent() -> None:
    class Mine(VARCHAR):
        pass

    assert repr(Mine(5).as_generic()) == "String(length=5)"


@pytest.mark.parametrize("name", EXAMPLES)
def test_copies_are_equal_in_all_that_shows(name: str) -> None:
    type_ = EXAMPLES[name]
    for made in (copy.copy(type_), copy.deepcopy(type_), pickle.loads(pickle.dumps(type_))):
        assert repr(made) == repr(type_)
        assert made.static_key() == type_.static_key()


def test_jsons_null_stays_itself() -> None:
    assert pickle.loads(pickle.dumps(JSON.NULL)) is JSON.NULL
    assert copy.deepcopy(JSON.NULL) is JSON.NULL


# -- types from what users give ------------------------------------------------------------


def test_a_class_a_function_and_none_are_types_too() -> None:
    type_ = Integer()
    assert to_instance(type_) is type_
    assert isinstance(to_instance(Integer), Integer)
    assert isinstance(to_instance(lambda: Integer()), Integer)  # noqa: PLW0108 - a function is meant
    assert to_instance(None) is NULLTYPE
    assert repr(to_instance(String, 5)) == "String(length=5)"
    with pytest.raises(ArgumentError, match="a type is expected, not 'x'"):
        to_instance("x")


def test_a_table_of_classes_adapts_a_type() -> None:
    assert repr(adapt_type(String(5), {String: VARCHAR})) == "VARCHAR(length=5)"
    assert repr(adapt_type(Text(5), {String: VARCHAR})) == "VARCHAR(length=5)"
    assert repr(adapt_type(VARCHAR(5), {String: VARCHAR})) == "VARCHAR(length=5)"
    assert repr(adapt_type(Integer, {String: VARCHAR})) == "Integer()"


# -- what drivers and rows ask -------------------------------------------------------------


def test_the_drivers_own_object_for_a_type() -> None:
    dbapi = SimpleNamespace(STRING=1, NUMBER=2, DATETIME=3, BINARY=4)
    found = {name: type_.get_dbapi_type(dbapi) for name, type_ in EXAMPLES.items()}
    names = {number: name for name, number in vars(dbapi).items()}
    assert {name: names[number] for name, number in found.items() if number} == {
        **dict.fromkeys(("int", "big", "num", "flt", "dbl", "td"), "NUMBER"),
        **dict.fromkeys(("str", "text", "uni", "enum", "tds"), "STRING"),
        **dict.fromkeys(("date", "dtm", "time", "intv"), "DATETIME"),
        **dict.fromkeys(("bin", "pick"), "BINARY"),
    }
    assert Integer().get_dbapi_type(object()) is None


def test_values_that_cannot_be_hashed_are_told() -> None:
    unhashable = [name for name, type_ in EXAMPLES.items() if not type_.hashable]
    assert unhashable == ["json", "arr", "pick"]
    assert ARRAY(Integer, as_tuple=True).hashable


def test_arrays_come_as_lists_or_as_tuples() -> None:
    read = ARRAY(Integer, as_tuple=True).result_processor(ANSI, None)
    assert read is not None
    assert read([[1, 2], [None, 3], None]) == ((1, 2), (None, 3), None)
    assert read(None) is None
    assert ARRAY(Integer).result_processor(ANSI, None) is None


def test_the_items_of_an_array_go_through_their_own_type() -> None:
    moments = ARRAY(Interval(), dimensions=2)
    bind, read = moments.bind_processor(ANSI), moments.result_processor(ANSI, None)
    assert bind is not None
    assert read is not None
    spans = [[dt.timedelta(1), None], [dt.timedelta(2)]]
    assert bind(spans)[0][0] == dt.datetime(1970, 1, 2)  # noqa: DTZ001 - as it is stored
    assert read(bind(spans)) == spans


def test_values_are_compared_as_the_type_says() -> None:
    assert Integer().compare_values(1, 1)
    assert PickleType().compare_values([1], [1])
    assert not PickleType(comparator=lambda x, y: x is y).compare_values([1], [1])

    class Boxed(TypeDecorator[Any]):
        impl = PickleType(comparator=lambda x, y: True)
        cache_ok = True

    assert Boxed().compare_values(1, 2)


# -- enumerations --------------------------------------------------------------------------


class Aliased(enum.Enum):
    one = 1
    uno = 1  # noqa: PIE796 - an alias is meant
    two = 2


def test_aliases_are_words_only_if_asked_for() -> None:
    assert Enum(Aliased).enums == ["one", "two"]
    assert Enum(Aliased, omit_aliases=False).enums == ["one", "uno", "two"]
    assert Enum(Aliased, omit_aliases=False).word_for(Aliased.one) == "one"


def test_an_enum_has_the_name_of_its_class() -> None:
    assert Enum(Aliased).name == "aliased"
    assert Enum(Aliased, name="x").name == "x"
    assert Enum("a").name is None


def odd_words(*words: Any) -> Any:
    """Arguments that no type checker lets through."""
    return words


def odd_options(**options: Any) -> Any:
    """Options that no type checker lets through."""
    return options


@pytest.mark.parametrize(
    ("make", "error", "message"),
    [
        (lambda: Enum("a", "bbb", length=2), ValueError, "length must be larger or equal.*2 < 3"),
        (
            lambda: Enum("a", **odd_options(nativ_enum=False)),
            TypeError,
            "takes no argument 'nativ_enum'",
        ),
        (lambda: Enum(*odd_words(1, 2)), ArgumentError, "words of an Enum are strings, not 1"),
        (lambda: Enum(*odd_words(["a", "b"])), ArgumentError, "words of an Enum are strings"),
        (
            lambda: Enum(E, values_callable=lambda cls: ["x"]),
            ArgumentError,
            "returned 1 values for the 2 members of E",
        ),
        (
            lambda: Enum(E, values_callable=lambda cls: odd_words(1, 2)),
            ArgumentError,
            "values_callable returns a list of strings",
        ),
        (lambda: ARRAY(ARRAY(Integer)), ValueError, "Do not nest ARRAY types"),
        (TypeDecorator, AssertionError, "class-level variable 'impl'"),
    ],
)
def test_wrong_arguments_are_refused(make: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        make()


def test_many_words_are_not_all_shown_in_an_error() -> None:
    type_ = Enum(*[f"v{n}" for n in range(30)])
    with pytest.raises(LookupError, match=r"v7, \.\.\., v29"):
        type_.object_for("zz")


def test_a_named_type_keeps_what_the_schema_knows_of_it() -> None:
    type_ = Enum("a", name="n", schema="s", metadata="m", quote=True, inherit_schema=True)
    assert isinstance(type_, SchemaType)
    assert (type_.schema, type_.metadata, type_.quote) == ("s", "m", True)
    assert type_.inherit_schema
    assert Boolean(create_constraint=True, name="ck").create_constraint
    made = SchemaType(name="n", create_type=False)
    assert vars(made) == {"name": "n", "create_type": False}


# -- decorators ----------------------------------------------------------------------------


class Trimmed(TypeDecorator[str]):
    impl = String
    cache_ok = True


def test_a_decorator_shows_what_its_impl_has() -> None:
    type_: Any = Trimmed(50)
    assert type_.length == 50
    assert type_.impl_instance is type_.impl
    assert type_.operator_classes == String.operator_classes
    assert type_.coerce_to_is_types == (type(None),)
    with pytest.raises(AttributeError):
        _ = type_.nonsense


def test_a_decorator_that_changes_nothing_costs_nothing() -> None:
    assert Trimmed().bind_processor(SQLITE) is None
    assert Trimmed().result_processor(SQLITE, None) is None


def test_a_decorator_passes_the_impls_expressions_on() -> None:
    class Wrapped(UserDefinedType[Any]):
        cache_ok = True

        def bind_expression(self, bindvalue: Any) -> Any:
            return f"f({bindvalue})"

        def column_expression(self, column: Any) -> Any:
            return f"g({column})"

    class Outer(TypeDecorator[Any]):
        impl = Wrapped
        cache_ok = True

    assert (Outer().bind_expression("x"), Outer().column_expression("x")) == ("f(x)", "g(x)")
    assert (Integer().bind_expression("x"), Integer().column_expression("x")) == (None, None)


def test_a_users_processor_may_call_the_one_of_its_parent() -> None:
    class Doubled(Boolean):
        def bind_processor(self, dialect: Any) -> Any:
            inner = super().bind_processor(dialect)
            assert inner is not None
            return lambda value: inner(value) * 2

    bind = Doubled().bind_processor(SQLITE)
    assert bind is not None
    assert bind(True) == 2


# -- tables --------------------------------------------------------------------------------


def test_what_is_registered_later_is_found_and_an_heirs_own_comes_first() -> None:
    base: ByClass[Any] = ByClass()
    heir = ByClass(base)

    def found(table: ByClass[Any]) -> str:
        return str((table.find(bool) or (lambda: "nothing"))())

    assert found(heir) == "nothing"
    base(int)(lambda: "int")
    assert found(heir) == "int"
    heir(int)(lambda: "mine")
    assert (found(heir), found(base)) == ("mine", "int")
    base(bool)(lambda: "bool")
    assert found(heir) == "bool"


# -- the package ---------------------------------------------------------------------------


def test_every_public_name_is_there() -> None:
    for name in toolkit_core.types.__all__:
        assert getattr(toolkit_core.types, name) is not None
    assert set(toolkit_core.types.__all__) <= set(dir(toolkit_core.types))
    with pytest.raises(AttributeError, match="no attribute 'Strin'"):
        _ = toolkit_core.types.Strin


def test_markers_and_families_are_as_documented() -> None:
    assert issubclass(String, Concatenable)
    assert issubclass(JSON, Indexable)
    assert issubclass(ARRAY, (Concatenable, Indexable))
    assert issubclass(LargeBinary, Binary)
    for cls in (Date, DateTime, Interval):
        assert issubclass(cls, TypeEngine)


def test_importing_the_types_imports_nothing_that_can_wait() -> None:
    program = (
        "import sys, toolkit_core.types as t; t.Numeric(5, 2), t.String(5), t.Boolean();"
        "print(*{'decimal', 'uuid', 'json', 'pickle', 'datetime', 'dataclasses', 'inspect'}"
        ".intersection(sys.modules))"
    )
    ran = subprocess.run(
        [sys.executable, "-S", "-c", f"import sys; sys.path[:0] = {sys.path!r}; {program}"],
        check=True,
        capture_output=True,
        text=True,
    )
    # Before 3.11 what typing lacks comes from typing_extensions, which brings it.
    older = {"inspect"} if sys.version_info < (3, 11) else set()
    assert set(ran.stdout.split()) <= older
