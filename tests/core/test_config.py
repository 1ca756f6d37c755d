"""Engines out of configuration files: text becomes values.

The words for true and false, and the order in which keyword arguments win, are those that
SQLAlchemy 2.1.9 was observed to have.  Of its options, it reads some as text where we read all.
"""

from importlib.util import find_spec
from typing import Any

import pytest

from toolkit_core.engine.coercion import coerced_options
from toolkit_core.engine.options import KINDS, EngineOptions
from toolkit_core.errors import ArgumentError

SWITCHES = [
    "enable_from_linting",
    "future",
    "hide_parameters",
    "implicit_returning",
    "pool_pre_ping",
    "pool_use_lifo",
    "skip_autocommit_rollback",
    "use_insertmanyvalues",
]
NUMBERS = [
    "insertmanyvalues_page_size",
    "label_length",
    "max_identifier_length",
    "max_overflow",
    "pool_recycle",
    "pool_size",
    "pool_timeout",
    "query_cache_size",
]


@pytest.mark.parametrize("option", [*SWITCHES, "echo", "echo_pool"])
@pytest.mark.parametrize(
    ("words", "value"),
    [
        (["true", "TRUE", " True ", "yes", "on", "y", "t", "1"], True),
        (["false", "False", "no", "off", "n", "f", "0"], False),
    ],
)
def test_words_for_yes_and_no(option: str, words: list[str], value: bool) -> None:
    for word in words:
        assert coerced_options({f"sqlalchemy.{option}": word}) == {option: value}


@pytest.mark.parametrize("option", NUMBERS)
def test_numbers(option: str) -> None:
    assert coerced_options({f"sqlalchemy.{option}": " 10 "}) == {option: 10}


@pytest.mark.parametrize(
    ("option", "text", "value"),
    [
        ("echo", "debug", "debug"),
        ("echo_pool", "DEBUG", "debug"),
        ("max_overflow", "-1", -1),
        ("pool_timeout", "1.5", 1.5),
        ("pool_timeout", "none", None),
        ("label_length", "none", None),
        ("pool_reset_on_return", "none", None),
        ("pool_reset_on_return", "Commit", "commit"),
        ("isolation_level", "AUTOCOMMIT", "AUTOCOMMIT"),
        ("logging_name", "none", "none"),
        ("paramstyle", "named", "named"),
        ("plugins", "one, two three", ["one", "two", "three"]),
        ("url", "sqlite://", "sqlite://"),
        ("known_to_the_driver", "true", "true"),
    ],
)
def test_text_is_read_by_the_option(option: str, text: str, value: Any) -> None:
    assert coerced_options({f"sqlalchemy.{option}": text}) == {option: value}


@pytest.mark.parametrize(
    ("option", "text"),
    [
        ("echo", "maybe"),
        ("echo", ""),
        ("pool_pre_ping", "debug"),
        ("pool_size", "ten"),
        ("pool_size", "1.5"),
        ("pool_size", "none"),
        ("pool_timeout", "soon"),
        ("pool_reset_on_return", "forget"),
        ("poolclass", "NullPool"),
        ("module", "sqlite3"),
        ("creator", "x"),
    ],
)
def test_text_that_means_nothing_names_the_option(option: str, text: str) -> None:
    with pytest.raises(ArgumentError, match=f"option '{option}' must be") as caught:
        coerced_options({f"sqlalchemy.{option}": text})

    assert repr(text) in str(caught.value)


def test_connect_arguments_cannot_be_text_and_are_not_shown() -> None:
    with pytest.raises(ArgumentError, match="by keyword") as caught:
        coerced_options({"sqlalchemy.connect_args": "s3cr3t"})

    assert "s3cr3t" not in str(caught.value)


def test_values_that_are_no_text_stay() -> None:
    given = {"echo": True, "pool_size": 3, "connect_args": {"a": 1}, "pool_timeout": None}

    assert coerced_options({f"sqlalchemy.{k}": v for k, v in given.items()}) == given


def test_both_prefixes_are_read_and_ours_wins() -> None:
    configuration = {
        "sqlalchemy.url": "sqlite:///old.db",
        "toolkit.url": "sqlite:///new.db",
        "sqlalchemy.echo": "on",
        "toolkit.pool_size": "7",
        "sqlalchemyx": "1",
        "other.url": "x",
        7: "x",
    }

    assert coerced_options(configuration) == {
        "url": "sqlite:///new.db",
        "echo": True,
        "pool_size": 7,
    }


@pytest.mark.parametrize("prefix", ["db.", "toolkit.", ""])
def test_a_prefix_that_is_given_is_the_only_one(prefix: str) -> None:
    configuration = {f"{prefix}echo": "on"}
    if prefix:
        configuration["sqlalchemy.url"] = "sqlite://"

    assert coerced_options(configuration, prefix) == {"echo": True}


def test_keyword_arguments_win_and_are_read_too() -> None:
    configuration = {"sqlalchemy.echo": "maybe", "sqlalchemy.pool_size": "1"}

    assert coerced_options(configuration, echo=True, pool_size="4") == {
        "echo": True,
        "pool_size": 4,
    }


@pytest.mark.parametrize("option", sorted(KINDS))
def test_what_is_read_passes_the_check(option: str) -> None:
    text = "named" if option == "paramstyle" else "commit" if "reset" in option else "1"
    kind = KINDS[option]
    if kind.read is None or option == "implicit_returning":
        return

    EngineOptions.checked(**coerced_options({f"sqlalchemy.{option}": text}))


@pytest.fixture
def created(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, Any]]]:
    calls: list[tuple[str, dict[str, Any]]] = []
    config = pytest.importorskip("toolkit_core.engine.config")
    monkeypatch.setattr(config, "create_engine", lambda url, **kw: calls.append((url, kw)))
    return calls


needs_create_engine = pytest.mark.skipif(
    find_spec("toolkit_core.engine.create") is None, reason="create_engine is not there yet"
)


@needs_create_engine
def test_an_engine_is_made_of_the_configuration(
    created: list[tuple[str, dict[str, Any]]],
) -> None:
    from toolkit_core.engine.config import engine_from_config

    engine_from_config(
        {"sqlalchemy.url": "sqlite://", "sqlalchemy.echo": "on", "app.name": "x"}, pool_size=2
    )
    assert created == [("sqlite://", {"echo": True, "pool_size": 2})]


@needs_create_engine
def test_a_configuration_without_url_says_which_key_is_missing(
    created: list[tuple[str, dict[str, Any]]],
) -> None:
    from toolkit_core.engine.config import engine_from_config

    with pytest.raises(ArgumentError, match=r"no key 'db\.url'"):
        engine_from_config({"db.echo": "on"}, "db.")
    assert not created
