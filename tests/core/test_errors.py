"""The errors: their tree, their codes, their text, and that they travel between processes.

Tree, codes and text were observed on SQLAlchemy 2.1.9 by introspection and by raising them;
only the reference to the catalogue and the line "Try:" are ours.
"""

import copy
import inspect
import pickle
import warnings
from pathlib import Path
from typing import Any

import pytest

from toolkit_core import errors
from toolkit_core.errors import (
    ArgumentError,
    CircularDependencyError,
    DBAPIError,
    ErrorFacts,
    IntegrityError,
    IntegrityKind,
    InvalidRequestError,
    OperationalError,
    SADeprecationWarning,
    SAWarning,
    SQLAlchemyError,
    StatementError,
    UnsupportedCompilationError,
    dbapi_error,
    warn,
)
from toolkit_core.errors.parameters import parameters_text

SECRET = "s3cr3t"

# Class: (the documented class above it, the code of its page).
TREE = {
    "SQLAlchemyError": ("Exception", None),
    "AmbiguousColumnError": ("InvalidRequestError", None),
    "AmbiguousForeignKeysError": ("ArgumentError", None),
    "ArgumentError": ("SQLAlchemyError", None),
    "AwaitRequired": ("InvalidRequestError", "xd1r"),
    "CircularDependencyError": ("SQLAlchemyError", None),
    "CompileError": ("SQLAlchemyError", None),
    "ConstraintColumnNotFoundError": ("ArgumentError", None),
    "DBAPIError": ("StatementError", "dbapi"),
    "DataError": ("DatabaseError", "9h9h"),
    "DatabaseError": ("DBAPIError", "4xp6"),
    "DisconnectionError": ("SQLAlchemyError", None),
    "DuplicateColumnError": ("ArgumentError", None),
    "IdentifierError": ("SQLAlchemyError", None),
    "IllegalStateChangeError": ("InvalidRequestError", None),
    "IntegrityError": ("DatabaseError", "gkpj"),
    "InterfaceError": ("DBAPIError", "rvf5"),
    "InternalError": ("DatabaseError", "2j85"),
    "InvalidRequestError": ("SQLAlchemyError", None),
    "InvalidatePoolError": ("DisconnectionError", None),
    "MissingGreenlet": ("InvalidRequestError", "xd2s"),
    "MultipleResultsFound": ("InvalidRequestError", None),
    "NoForeignKeysError": ("ArgumentError", None),
    "NoInspectionAvailable": ("InvalidRequestError", None),
    "NoReferenceError": ("InvalidRequestError", None),
    "NoReferencedColumnError": ("NoReferenceError", None),
    "NoReferencedTableError": ("NoReferenceError", None),
    "NoResultFound": ("InvalidRequestError", None),
    "NoSuchColumnError": ("InvalidRequestError", None),
    "NoSuchModuleError": ("ArgumentError", None),
    "NoSuchTableError": ("InvalidRequestError", None),
    "NotSupportedError": ("DatabaseError", "tw8g"),
    "ObjectNotExecutableError": ("ArgumentError", None),
    "OperationalError": ("DatabaseError", "e3q8"),
    "PendingRollbackError": ("InvalidRequestError", None),
    "ProgrammingError": ("DatabaseError", "f405"),
    "ResourceClosedError": ("InvalidRequestError", None),
    "StatementError": ("SQLAlchemyError", None),
    "TimeoutError": ("SQLAlchemyError", None),
    "UnboundExecutionError": ("InvalidRequestError", None),
    "UnreflectableTableError": ("InvalidRequestError", None),
    "UnsupportedCompilationError": ("CompileError", "l7de"),
    "SAWarning": ("RuntimeWarning", None),
    "SADeprecationWarning": ("DeprecationWarning", None),
    "Base20DeprecationWarning": ("SADeprecationWarning", None),
    "LegacyAPIWarning": ("Base20DeprecationWarning", None),
    "MovedIn20Warning": ("Base20DeprecationWarning", None),
    "SAPendingDeprecationWarning": ("PendingDeprecationWarning", None),
}


class DriverError(Exception):
    """An error of a driver."""


def named(name: str) -> type[Exception]:
    return type(name, (DriverError,), {"__module__": "driver"})


# -- the tree -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", TREE)
def test_a_class_stands_where_it_is_documented(name: str) -> None:
    cls = getattr(errors, name)
    above, code = TREE[name]

    assert above in [parent.__name__ for parent in cls.__mro__[1:]]
    assert getattr(cls, "code", None) == code
    if issubclass(cls, SQLAlchemyError) and above != "Exception":
        nearest = next(p for p in cls.__mro__[1:] if issubclass(p, SQLAlchemyError))
        assert nearest.__name__ == above


def test_every_class_is_exported_and_documented() -> None:
    exported = {name: getattr(errors, name) for name in errors.__all__}

    for name, item in exported.items():
        assert inspect.getdoc(item), name
    for module in (errors.tree, errors.dbapi, errors.warnings):
        for name, item in vars(module).items():
            if inspect.isclass(item) and issubclass(item, Exception) and name[0] != "_":
                assert exported[name] is item


def test_our_own_errors_are_the_builtin_ones_too() -> None:
    assert issubclass(errors.MalformedURLError, (ArgumentError, ValueError))
    assert issubclass(errors.OptionError, ValueError)
    assert issubclass(errors.UnknownOptionError, TypeError)
    assert issubclass(errors.NoSuchColumnError, KeyError)


# -- text -----------------------------------------------------------------------------------


def test_hint_and_page_stand_on_lines_of_their_own() -> None:
    error = InvalidRequestError("It is closed", code="abcd", hint="open it")

    assert str(error) == (
        "It is closed\nTry: open it\n(Background on this error: python -m toolkit error abcd)"
    )
    assert str(InvalidRequestError("It is closed")) == "It is closed"
    assert InvalidRequestError.code is None


def test_a_driver_error_is_told_with_statement_and_parameters() -> None:
    error = IntegrityError("INSERT INTO t VALUES (?)", (1,), named("IntegrityError")("no"))

    assert str(error) == (
        "(driver.IntegrityError) no\n"
        "[SQL: INSERT INTO t VALUES (?)]\n"
        "[parameters: (1,)]\n"
        "(Background on this error: python -m toolkit error gkpj)"
    )
    assert error.args == ("(driver.IntegrityError) no",)


def test_details_stand_before_the_message() -> None:
    error = StatementError("boom", "SELECT 1", (1,), DriverError("x"))
    error.add_detail("first")
    error.add_detail("second")

    assert str(error) == "(first)\n(second)\nboom\n[SQL: SELECT 1]\n[parameters: (1,)]"


@pytest.mark.parametrize(
    ("parameters", "line"), [(None, ""), ((), ""), ({}, ""), ((1,), "\n[parameters: (1,)]")]
)
def test_no_parameters_no_line(parameters: Any, line: str) -> None:
    error = StatementError("boom", "S", parameters, DriverError())

    assert str(error) == f"boom\n[SQL: S]{line}"
    assert str(StatementError("boom", None, (1,), DriverError())) == "boom"


@pytest.mark.parametrize("ismulti", [None, False, True])
def test_hidden_parameters_are_in_no_text(ismulti: bool | None) -> None:
    parameters = [{"password": SECRET}] if ismulti else {"password": SECRET}
    error = OperationalError(
        "S", parameters, DriverError("x"), hide_parameters=True, ismulti=ismulti
    )

    assert "[SQL parameters hidden due to hide_parameters=True]" in str(error)
    assert SECRET not in str(error) + repr(error)
    assert error.params == parameters


def test_an_error_that_cannot_be_shown_is_told_all_the_same() -> None:
    class Mute(DriverError):
        def __str__(self) -> str:
            raise ValueError("nothing to say")

    assert "Error in str() of DB-API-generated exception: nothing to say" in str(
        DBAPIError("S", None, Mute())
    )


def test_a_cycle_names_its_members() -> None:
    error = CircularDependencyError("Circular dependency", ["a", "b"], {("a", "b"), ("b", "a")})

    assert str(error) == "Circular dependency ('a', 'b')"
    assert error.cycles == ["a", "b"]


def test_what_cannot_be_compiled_is_told_in_the_documented_way_too() -> None:
    error = UnsupportedCompilationError("acme", int, "no such thing")

    assert str(error).startswith("Compiler 'acme' can't render element of type <class 'int'>: no")
    assert str(UnsupportedCompilationError("acme cannot", hint="x")).startswith("acme cannot\nTry")


# -- parameters -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parameters", "ismulti", "text"),
    [
        ((1, "a", None), False, "(1, 'a', None)"),
        ((1,), False, "(1,)"),
        ({"a": 1, "b": b"x"}, False, "{'a': 1, 'b': b'x'}"),
        ([1, 2], False, "[1, 2]"),
        ([(1,), (2,)], True, "[(1,), (2,)]"),
        (((1,), (2,)), True, "((1,), (2,))"),
        ([{"a": 1}, {"a": 2}], True, "[{'a': 1}, {'a': 2}]"),
        ([[1], [2]], True, "[[1], [2]]"),
        ([(1,)], None, "[(1,)]"),
        ("text", False, "'text'"),
        (([1, 2, 3], (1,)), False, "([1, 2, 3], (1,))"),
    ],
)
def test_parameters_are_shown_as_they_are(parameters: Any, ismulti: Any, text: str) -> None:
    assert parameters_text(parameters, ismulti=ismulti) == text


@pytest.mark.parametrize(("length", "left_out"), [(298, 0), (299, 1), (400, 102)])
def test_a_long_value_loses_its_middle(length: int, left_out: int) -> None:
    text = parameters_text(("x" * length,))

    if not left_out:
        assert text == f"('{'x' * length}',)"
    else:
        edge = "x" * 149
        assert text == f"('{edge} ... ({left_out} characters truncated) ... {edge}',)"


def test_a_long_value_in_a_value_counts_as_one() -> None:
    text = parameters_text(({"k": "x" * 400},))

    assert text == (f"({{'k': '{'x' * 143} ... (109 characters truncated) ... {'x' * 148}'}},)")


@pytest.mark.parametrize("kind", [tuple, list])
def test_more_than_a_hundred_values_lose_their_middle(kind: Any) -> None:
    shown = parameters_text(kind(range(103)))[1:-1]
    first, note, last = shown.partition(" ... 3 parameters truncated ... ")

    assert note
    assert first == ", ".join(map(str, range(50)))
    assert last == ", ".join(map(str, range(53, 103)))
    assert "truncated" not in parameters_text(kind(range(100)))


def test_more_than_a_hundred_names_lose_their_middle() -> None:
    text = parameters_text({f"k{n}": n for n in range(101)})

    assert "'k49': 49 ... 1 parameters truncated ... 'k51': 51" in text


@pytest.mark.parametrize("ismulti", [True])
def test_a_batch_shows_eight_sets_and_the_last_two(ismulti: bool) -> None:
    assert "displaying" not in parameters_text([(n,) for n in range(10)], ismulti=ismulti)
    assert parameters_text([(n,) for n in range(11)], ismulti=ismulti) == (
        "[(0,), (1,), (2,), (3,), (4,), (5,), (6,), (7,)"
        "  ... displaying 10 of 11 total bound parameter sets ...  (9,), (10,)]"
    )


def test_of_what_may_be_one_set_or_many_the_whole_is_cut() -> None:
    text = parameters_text([(n, "v") for n in range(100)], ismulti=None)

    assert "(790 characters truncated)" in text


# -- travelling ---------------------------------------------------------------------------


def examples() -> list[BaseException]:
    facts = ErrorFacts(kind=IntegrityKind.UNIQUE, table="t", columns=("a",), retryable=True)
    made: dict[str, BaseException] = {
        "CircularDependencyError": CircularDependencyError("m", ["a"], [("a", "b")], code="abcd"),
        "ObjectNotExecutableError": errors.ObjectNotExecutableError("x"),
        "NoReferencedTableError": errors.NoReferencedTableError("m", "t"),
        "NoReferencedColumnError": errors.NoReferencedColumnError("m", "t", "c"),
        "StatementError": StatementError("m", "S", {"a": 1}, DriverError("x"), code="abcd"),
        "UnsupportedCompilationError": UnsupportedCompilationError("acme", int),
    }
    for name in errors.__all__:
        cls = getattr(errors, name)
        if name in made or not inspect.isclass(cls) or not issubclass(cls, BaseException):
            continue
        if issubclass(cls, DBAPIError):
            made[name] = cls("S", (1,), DriverError("x"), connection_invalidated=True, facts=facts)
        elif issubclass(cls, SQLAlchemyError):
            made[name] = cls("a message", code="abcd", hint="a hint")
        else:
            made[name] = cls("a message")
    return list(made.values())


@pytest.mark.parametrize("error", examples(), ids=lambda error: type(error).__name__)
def test_every_error_survives_pickling_and_copying(error: Any) -> None:
    for other in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
        assert type(other) is type(error)
        assert str(other) == str(error)
        assert other.args == error.args
        for name in ("code", "hint", "statement", "params", "ismulti", "facts", "table_name"):
            assert getattr(other, name, None) == getattr(error, name, None)
        assert str(getattr(other, "orig", None)) == str(getattr(error, "orig", None))
        assert getattr(other, "connection_invalidated", None) == getattr(
            error, "connection_invalidated", None
        )


def test_the_extra_facts_of_an_error_travel_too() -> None:
    for error in (
        CircularDependencyError("m", ["a"], [("a", "b")], code="abcd"),
        errors.NoReferencedColumnError("m", "t", "c"),
        errors.ObjectNotExecutableError("x"),
    ):
        error.hint = "added later"
        assert vars(pickle.loads(pickle.dumps(error))) == vars(error)


# -- wrapping ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "InterfaceError",
        "DatabaseError",
        "DataError",
        "OperationalError",
        "IntegrityError",
        "InternalError",
        "ProgrammingError",
        "NotSupportedError",
    ],
)
def test_a_driver_error_is_wrapped_by_its_name(name: str) -> None:
    narrower = type("Narrower", (named(name),), {})

    assert type(dbapi_error(named(name)("x"))) is getattr(errors, name)
    assert type(dbapi_error(narrower("x"))) is getattr(errors, name)


def test_an_error_without_a_known_name_is_a_dbapi_error() -> None:
    assert type(dbapi_error(named("Odd")("x"))) is DBAPIError


@pytest.mark.parametrize(
    ("facts", "name", "above"),
    [
        (ErrorFacts(kind=IntegrityKind.UNIQUE), "UniqueViolation", IntegrityError),
        (ErrorFacts(kind=IntegrityKind.PRIMARY_KEY), "UniqueViolation", IntegrityError),
        (ErrorFacts(kind=IntegrityKind.FOREIGN_KEY), "ForeignKeyViolation", IntegrityError),
        (ErrorFacts(kind=IntegrityKind.NOT_NULL), "NotNullViolation", IntegrityError),
        (ErrorFacts(kind=IntegrityKind.CHECK), "CheckViolation", IntegrityError),
        (ErrorFacts(kind=IntegrityKind.EXCLUSION), "ExclusionViolation", IntegrityError),
        (ErrorFacts(timeout=True), "QueryTimeout", OperationalError),
        (ErrorFacts(cancelled=True), "QueryCancelled", OperationalError),
    ],
)
def test_what_is_known_makes_the_class_narrower(
    facts: ErrorFacts, name: str, above: type[DBAPIError]
) -> None:
    error = dbapi_error(named("IntegrityError")("x"), "S", (1,), facts=facts)

    assert type(error) is getattr(errors, name)
    assert isinstance(error, above)
    assert error.code == above.code


def test_every_kind_of_constraint_has_its_class() -> None:
    for kind in IntegrityKind:
        assert isinstance(dbapi_error(DriverError(), facts=ErrorFacts(kind=kind)), IntegrityError)


# -- warnings --------------------------------------------------------------------------------


@pytest.mark.parametrize("category", [SAWarning, SADeprecationWarning])
def test_a_warning_may_name_a_page(category: type[Warning]) -> None:
    assert str(category("boo")) == "boo"
    warning = category("boo", code="abcd")  # type: ignore[call-arg]
    assert str(warning) == "boo\n(Background on this warning: python -m toolkit error abcd)"


def test_a_warning_stands_at_the_users_line() -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        warn("watch out")

    assert Path(caught[0].filename).samefile(__file__)
    assert caught[0].category is SAWarning
