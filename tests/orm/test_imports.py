"""What importing the ORM's names costs: what loads, writes and asks comes when it is first used."""

from __future__ import annotations

from tests.core.test_imports import imported_by

NAMES = "from toolkit.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship"
LATER = (
    "toolkit_core.compiler.writer",
    "toolkit_core.engine.connection",
    "toolkit_core.schema.create",
    "toolkit_core.schema.ddl",
    "toolkit_orm.load.",
    "toolkit_orm.session.legacy_query",
    "toolkit_orm.unit_of_work.",
)


def test_the_names_of_models_bring_nothing_that_loads_or_writes() -> None:
    found = imported_by(NAMES)
    assert "toolkit_orm.session.session" in found
    assert [name for name in found if name.startswith(LATER)] == []


def test_a_session_brings_what_it_needs() -> None:
    found = imported_by(f"{NAMES}; from toolkit import text; Session().query; Session().new")
    assert [name for name in found if name.startswith(LATER)] == []
    asked = (
        "from toolkit import create_engine, select, text; from toolkit.orm import Session;"
        "Session(create_engine('sqlite://')).execute(text('select 1'))"
    )
    assert "toolkit_core.engine.connection" in imported_by(asked)
