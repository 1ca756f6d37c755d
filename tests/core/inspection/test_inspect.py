"""``inspect()`` finds what there is to say by the class of an object."""

from __future__ import annotations

from typing import Any

import pytest

from toolkit_core.engine import create_engine
from toolkit_core.errors import NoInspectionAvailable
from toolkit_core.expression.elements import column
from toolkit_core.inspectable import inspect, inspected_by, inspects_itself
from toolkit_core.inspection.inspector import Inspector
from toolkit_core.schema import MetaData, Table


def test_engines_and_connections_have_an_inspector() -> None:
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        assert isinstance(inspect(engine), Inspector)
        assert inspect(connection).bind is connection
        assert inspect(connection).engine is engine


def test_expressions_tables_and_inspectors_speak_for_themselves() -> None:
    inspector = inspect(create_engine("sqlite://"))
    table = Table("t", MetaData())
    every: tuple[Any, ...] = (column("x"), table, table.metadata, inspector)
    for one in every:
        assert inspect(one) is one


def test_of_other_objects_there_is_nothing_to_say() -> None:
    with pytest.raises(NoInspectionAvailable, match="object of type <class 'int'>"):
        inspect(5)
    assert inspect(5, raiseerr=False) is None


def test_a_subclass_is_inspected_as_its_base_unless_it_has_more_to_say() -> None:
    class Kettle: ...

    class Samovar(Kettle): ...

    class Pot(Kettle): ...

    inspected_by(Kettle, lambda kettle: type(kettle).__name__)
    inspects_itself(Pot)
    pot = Pot()
    assert inspect(Samovar()) == "Samovar"
    assert inspect(pot) is pot


def test_an_inspector_that_has_nothing_to_say_leaves_it_to_that_of_the_base() -> None:
    class Kettle: ...

    class Cold(Kettle): ...

    inspected_by(Kettle, lambda kettle: "a kettle")
    inspected_by(Cold, lambda kettle: None)
    assert inspect(Cold()) == "a kettle"


def test_a_class_is_inspected_by_one_thing_only() -> None:
    class Kettle: ...

    def said(kettle: Any) -> str:
        return "a kettle"

    inspected_by(Kettle, said)
    with pytest.raises(ValueError, match="inspected by something already"):
        inspected_by(Kettle, said)
