"""``CreateEnginePlugin``: named by an engine, it takes part in making that engine."""

from __future__ import annotations

from typing import Any

import pytest

from tests.core.conftest import Shelf
from toolkit import create_engine, engine_from_config, exc, text

SOURCE = """
from toolkit.engine import CreateEnginePlugin

heard = []

class Plugin(CreateEnginePlugin):
    def __init__(self, url, kwargs):
        heard.append(("init", url.query.get("mine"), kwargs.pop("mine", None)))

    def update_url(self, url):
        return url.difference_update_query(["mine"])

    def handle_dialect_kwargs(self, dialect_cls, dialect_args):
        heard.append(("dialect", dialect_cls.__name__, dict(dialect_args)))
        dialect_args["paramstyle"] = "named"

    def handle_pool_kwargs(self, pool_cls, pool_args):
        heard.append(("pool", pool_cls.__name__, pool_args["pool_size"]))
        pool_args["pool_size"] = 2

    def engine_created(self, engine):
        heard.append(("created", str(engine.url)))
"""


def heard_by(module: str) -> list[Any]:
    heard: list[Any] = __import__(module).heard
    return heard


def test_a_plugin_takes_part_in_all_steps(shelf: Shelf) -> None:
    module = shelf.lay(SOURCE, name="mine", target="Plugin")
    engine = create_engine(
        "sqlite:///x.db?plugin=mine&mine=1&timeout=3", mine=5, pool_size=7, native_datetime=True
    )
    assert heard_by(module) == [
        ("init", "1", 5),
        ("dialect", "Dialect", {"native_datetime": True}),
        ("pool", "QueuePool", 7),
        ("created", "sqlite:///x.db?timeout=3"),
    ]
    assert engine.dialect.paramstyle == "named"
    assert engine.pool.size() == 2  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("url", "plugins"),
    [
        ("sqlite:///x.db", ["mine", "yours"]),
        ("sqlite:///x.db?plugin=mine&plugin=yours", None),
        ("sqlite:///x.db?plugin=mine,yours", None),
        ("sqlite:///x.db?plugin=mine", ["yours"]),
        ("sqlite:///x.db?plugin=mine", ["mine", "yours"]),
    ],
)
def test_plugins_are_named_by_url_or_argument_each_once(
    shelf: Shelf, url: str, plugins: list[str] | None
) -> None:
    mine = shelf.lay(SOURCE, name="mine", target="Plugin")
    yours = shelf.lay(SOURCE, name="yours", target="Plugin")
    create_engine(url, **({} if plugins is None else {"plugins": plugins}))
    for module in (mine, yours):
        assert [step[0] for step in heard_by(module)] == ["init", "dialect", "pool", "created"]


def test_a_configuration_may_name_plugins(shelf: Shelf) -> None:
    module = shelf.lay(SOURCE, name="mine", target="Plugin")
    engine_from_config({"sqlalchemy.url": "sqlite:///x.db", "sqlalchemy.plugins": "mine"})
    assert heard_by(module)


def test_an_argument_that_the_plugin_leaves_is_unknown(shelf: Shelf) -> None:
    shelf.lay(SOURCE, name="mine", target="Plugin")
    with pytest.raises(exc.UnknownOptionError, match="'yours'"):
        create_engine("sqlite:///x.db", plugins=["mine"], yours=1)


def test_a_plugin_that_is_not_there_is_named() -> None:
    with pytest.raises(exc.NoSuchModuleError, match=r"Can't load plugin: toolkit\.plugins:nope"):
        create_engine("sqlite://", plugins=["nope"])
    with pytest.raises(exc.NoSuchModuleError, match=r"Can't load plugin: toolkit\.plugins:nope"):
        create_engine("sqlite://?plugin=nope")


def test_a_class_that_is_no_engine_plugin_is_refused(shelf: Shelf) -> None:
    shelf.lay("class Plugin: pass", name="odd", target="Plugin")
    with pytest.raises(exc.ArgumentError, match="inherits from CreateEnginePlugin"):
        create_engine("sqlite://", plugins=["odd"])


def test_a_pool_that_is_given_is_not_offered(shelf: Shelf) -> None:
    module = shelf.lay(SOURCE, name="mine", target="Plugin")
    pool = create_engine("sqlite://").pool
    engine = create_engine("sqlite://", pool=pool, plugins=["mine"])
    assert "pool" not in [step[0] for step in heard_by(module)]
    with engine.connect() as connection:
        assert connection.execute(text("select :x"), {"x": 1}).scalar() == 1
