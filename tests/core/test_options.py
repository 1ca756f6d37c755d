"""The options of ``create_engine``: defaults, refusals, and what contradicts what.

The documented defaults and the combinations that are refused were observed on SQLAlchemy 2.1.9
run as a black box.  We refuse more: a text where a switch or a number belongs.
"""

import sqlite3
from collections.abc import Mapping
from typing import Any

import pytest

from toolkit_core.engine.options import (
    KINDS,
    POOL_OPTIONS,
    PURPOSES,
    QUEUE_OPTIONS,
    EngineOptions,
    check_pool_options,
)
from toolkit_core.errors import (
    ArgumentError,
    SADeprecationWarning,
    SQLAlchemyError,
    UnknownOptionError,
)

DOCUMENTED: Mapping[str, Any] = {
    "connect_args": {},
    "creator": None,
    "echo": False,
    "echo_pool": False,
    "empty_in_strategy": None,
    "enable_from_linting": True,
    "execution_options": {},
    "future": True,
    "hide_parameters": False,
    "implicit_returning": True,
    "insertmanyvalues_page_size": 1000,
    "isolation_level": None,
    "json_deserializer": None,
    "json_serializer": None,
    "label_length": None,
    "logging_name": None,
    "max_identifier_length": None,
    "max_overflow": 10,
    "module": None,
    "paramstyle": None,
    "plugins": (),
    "pool": None,
    "pool_logging_name": None,
    "pool_pre_ping": False,
    "pool_recycle": -1,
    "pool_reset_on_return": "rollback",
    "pool_size": 5,
    "pool_timeout": 30,
    "pool_use_lifo": False,
    "poolclass": None,
    "query_cache_size": 500,
    "skip_autocommit_rollback": False,
    "use_insertmanyvalues": True,
}


def test_every_documented_option_has_its_default() -> None:
    options = EngineOptions()

    assert {name: getattr(options, name) for name in KINDS} == DOCUMENTED
    assert EngineOptions.checked() == options


def test_every_option_says_what_it_is_for() -> None:
    assert all(purpose.endswith(".") for purpose in PURPOSES.values())
    assert set(KINDS) == {*EngineOptions.__match_args__} - {"driver_options", "given"}
    assert {*POOL_OPTIONS, *QUEUE_OPTIONS} <= set(KINDS)


@pytest.mark.parametrize(
    ("option", "value", "kept"),
    [
        ("echo", "debug", "debug"),
        ("echo", 1, 1),
        ("echo", None, None),
        ("pool_pre_ping", None, False),
        ("hide_parameters", 1, True),
        ("max_overflow", -1, -1),
        ("pool_size", 0, 0),
        ("pool_timeout", 0.5, 0.5),
        ("pool_timeout", None, None),
        ("pool_recycle", None, -1),
        ("pool_recycle", 3600, 3600),
        ("pool_reset_on_return", "commit", "commit"),
        ("pool_reset_on_return", "none", None),
        ("pool_reset_on_return", None, None),
        ("pool_reset_on_return", True, "rollback"),
        ("pool_reset_on_return", False, None),
        ("query_cache_size", 0, 0),
        ("max_identifier_length", 0, None),
        ("paramstyle", "numeric_dollar", "numeric_dollar"),
        ("plugins", ["a", "b"], ("a", "b")),
        ("connect_args", {"timeout": 1}, {"timeout": 1}),
        ("connect_args", None, {}),
        ("module", sqlite3, sqlite3),
        ("poolclass", dict, dict),
        ("creator", None, None),
    ],
)
def test_a_value_is_kept_in_its_plain_form(option: str, value: Any, kept: Any) -> None:
    options = EngineOptions.checked(**{option: value})

    assert getattr(options, option) == kept
    assert options.given == {option}


@pytest.mark.parametrize(
    ("option", "value", "expected"),
    [
        ("echo", "yes", 'True, False or "debug"'),
        ("pool_pre_ping", "false", "True or False"),
        ("pool_size", "5", "a whole number"),
        ("pool_size", None, "a whole number"),
        ("pool_size", 2.5, "a whole number"),
        ("pool_size", True, "a whole number"),
        ("pool_timeout", "30", "a number of seconds, or None"),
        ("pool_reset_on_return", "forget", '"rollback", "commit" or None'),
        ("query_cache_size", -1, "a whole number, 0 or more"),
        ("insertmanyvalues_page_size", 0, "a whole number, 1 or more"),
        ("label_length", "x", "a whole number, or None"),
        ("isolation_level", 1, "a string, or None"),
        ("paramstyle", "percent", "one of format, named, numeric"),
        ("plugins", "one", "a list of names"),
        ("plugins", [1], "a list of names"),
        ("creator", 1, "a function, or None"),
        ("json_serializer", "json", "a function, or None"),
        ("module", "sqlite3", "the object itself, not its name"),
        ("pool", "x", "the object itself, not its name"),
        ("poolclass", "NullPool", "a class of pool, or None"),
        ("execution_options", "x", "a dictionary"),
    ],
)
def test_a_wrong_value_names_option_value_and_what_is_expected(
    option: str, value: Any, expected: str
) -> None:
    with pytest.raises(ArgumentError) as caught:
        EngineOptions.checked(**{option: value})

    assert f"option {option!r} must be {expected}" in str(caught.value)
    if option != "execution_options":
        assert f"not {value!r}" in str(caught.value)


def test_connect_arguments_are_not_shown() -> None:
    with pytest.raises(ArgumentError) as caught:
        EngineOptions.checked(connect_args="password=s3cr3t")

    assert "a str" in str(caught.value)
    assert "s3cr3t" not in str(caught.value)


def test_an_unknown_option_is_a_type_error_that_names_the_nearest() -> None:
    with pytest.raises(TypeError) as caught:
        EngineOptions.checked({}, "sqlite+pysqlite/QueuePool/Engine", pool_sise=1, colour=2)

    assert isinstance(caught.value, UnknownOptionError)
    assert isinstance(caught.value, SQLAlchemyError)
    assert str(caught.value) == (
        "Invalid argument(s) 'pool_sise','colour' sent to create_engine(),"
        " using configuration sqlite+pysqlite/QueuePool/Engine\n"
        "Try: 'pool_size' instead of 'pool_sise'"
    )


def test_a_driver_brings_options_of_its_own() -> None:
    known = {"fast": False, "batch": 100, "wait": 1.5, "charset": "utf8", "hook": None}

    options = EngineOptions.checked(known, fast=True, hook=len)
    assert options.driver_options == {**known, "fast": True, "hook": len}
    with pytest.raises(TypeError, match="'batch' instead of 'bach'"):
        EngineOptions.checked(known, bach=1)


def test_a_drivers_options_are_read_from_text_by_the_type_of_their_default() -> None:
    known = {"fast": False, "batch": 100, "wait": 1.5, "charset": "utf8", "hook": None}

    options = EngineOptions.checked(known, fast="on", batch="7", wait="2.5", charset="1", hook="1")
    assert options.driver_options == {
        "fast": True,
        "batch": 7,
        "wait": 2.5,
        "charset": "1",
        "hook": "1",
    }
    with pytest.raises(ArgumentError, match="option 'batch' must be a whole number, not 'many'"):
        EngineOptions.checked(known, batch="many")


def test_a_driver_cannot_take_a_documented_name_for_itself() -> None:
    assert "echo" not in EngineOptions.checked({"echo": "x"}).driver_options


@pytest.mark.parametrize("value", [False, None, 0])
def test_there_is_no_future_but_true(value: Any) -> None:
    with pytest.raises(ArgumentError, match="'future'"):
        EngineOptions.checked(future=value)


@pytest.mark.parametrize("option", ["implicit_returning", "empty_in_strategy"])
def test_options_without_effect_warn(option: str) -> None:
    with pytest.warns(SADeprecationWarning, match=option):
        EngineOptions.checked(**{option: True})


@pytest.mark.parametrize(
    "option",
    sorted({*POOL_OPTIONS, *QUEUE_OPTIONS, "poolclass", "creator"}),
)
def test_a_pool_that_is_made_takes_no_options(option: str) -> None:
    value = {"poolclass": dict, "creator": dict}.get(option, DOCUMENTED.get(option))

    with pytest.raises(TypeError, match=option):
        EngineOptions.checked(pool=object(), **{option: value})


def test_a_pool_that_is_made_goes_with_everything_else() -> None:
    assert EngineOptions.checked(pool=object(), connect_args={"a": 1}, echo=True).echo is True


def test_a_label_is_no_longer_than_a_name() -> None:
    assert EngineOptions.checked(label_length=30, max_identifier_length=30).label_length == 30
    with pytest.raises(ArgumentError, match="label_length=31 is greater"):
        EngineOptions.checked(label_length=31, max_identifier_length=30)


@pytest.mark.parametrize(
    ("accepts", "given", "refused"),
    [
        (QUEUE_OPTIONS, QUEUE_OPTIONS, None),
        ((), POOL_OPTIONS, None),
        ((), ["pool_size"], "'pool_size'"),
        (["pool_size"], ["pool_size", "max_overflow", "pool_timeout"], "'max_overflow','pool_ti"),
    ],
    ids=["queue", "any", "null", "per thread"],
)
def test_a_pool_refuses_what_it_has_no_use_for(
    accepts: Any, given: Any, refused: str | None
) -> None:
    if refused is None:
        check_pool_options(accepts, given)
        return
    with pytest.raises(TypeError) as caught:
        check_pool_options(accepts, given, "a+b/C/Engine")

    assert str(caught.value).startswith(f"Invalid argument(s) {refused}")
    assert "using configuration a+b/C/Engine" in str(caught.value)
