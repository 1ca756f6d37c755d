"""What mypy and pyright see of the engine; read by `make check`, never run."""

from typing import Any

from typing_extensions import Unpack, assert_type

from toolkit import URL, Connection, CursorResult, Engine, create_engine, make_url, text

url = make_url("sqlite://")
assert_type(url, URL)

engine = create_engine(url)
assert_type(engine, Engine)

with engine.connect() as connection:
    assert_type(connection, Connection)
    result = connection.execute(text("select 1"), {"x": 1})
    assert_type(result, CursorResult[Unpack[tuple[Any, ...]]])

with engine.begin() as connection:
    assert_type(connection, Connection)
