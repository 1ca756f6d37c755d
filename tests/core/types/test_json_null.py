"""``null()`` as a value of JSON: SQL's NULL, where None is JSON's."""

from __future__ import annotations

from typing import Any

from tests.core.fresh import fresh_engine
from toolkit_core.expression.elements import null
from toolkit_core.expression.select import select
from toolkit_core.schema import Column, MetaData, Table
from toolkit_core.types import JSON, Integer


def test_null_given_as_a_value_is_not_jsons_null(backend: Any) -> None:
    metadata = MetaData()
    table = Table(
        "json_nulls", metadata, Column("id", Integer, primary_key=True), Column("data", JSON)
    )
    with fresh_engine(backend) as engine, engine.begin() as connection:
        metadata.create_all(connection)
        connection.execute(table.insert(), [{"id": 1, "data": None}, {"id": 2, "data": null()}])
        connection.execute(table.insert(), {"id": 3, "data": null()})
        missing = select(table.c.id).where(table.c.data.is_(None)).order_by(table.c.id)
        assert connection.scalars(missing).all() == [2, 3]
