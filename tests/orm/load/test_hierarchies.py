"""Rows of a hierarchy become objects of their classes."""

from __future__ import annotations

from typing import Any

import pytest

from tests.orm.shop import Chief, Clerk, Worker, counted
from toolkit import func, insert, select
from toolkit.exc import InvalidRequestError
from toolkit.orm import Session, aliased, selectin_polymorphic, with_polymorphic

KINDS = [Worker, Chief, Clerk]


def test_each_row_is_of_its_class(anywhere: Session) -> None:
    found = anywhere.scalars(select(Worker).order_by(Worker.id)).all()
    assert [type(one) for one in found] == KINDS


def test_what_a_subclass_has_is_loaded_when_it_is_asked_for(anywhere: Session) -> None:
    chief: Any
    clerk: Any
    _, chief, clerk = anywhere.scalars(select(Worker).order_by(Worker.id)).all()
    with counted(anywhere.get_bind()) as sent:
        assert (chief.level, clerk.desk) == (7, "d3")
    assert len(sent) == 2


def test_a_subclass_gives_its_rows_only(anywhere: Session) -> None:
    assert [one.desk for one in anywhere.scalars(select(Clerk))] == ["d3"]
    assert [one.level for one in anywhere.scalars(select(Chief).where(Chief.kind == "chief"))] == [
        7
    ]
    assert anywhere.scalar(select(func.count()).select_from(Clerk)) == 1
    assert anywhere.scalars(select(aliased(Clerk, flat=True).id)).all() == [3]


def test_with_polymorphic_loads_all_at_once(anywhere: Session) -> None:
    everybody = with_polymorphic(Worker, "*")
    with counted(anywhere.get_bind()) as sent:
        found = anywhere.scalars(select(everybody).order_by(everybody.id)).all()
        assert (found[1].level, found[2].desk) == (7, "d3")
    assert [type(one) for one in found] == KINDS
    assert len(sent) == 1
    of_chief = select(everybody).where(everybody.Chief.level == 7)
    assert [one.id for one in anywhere.scalars(of_chief)] == [2]


def test_selectin_polymorphic_asks_once_for_each_subclass(session: Session) -> None:
    option = selectin_polymorphic(Worker, [Chief, Clerk])
    with counted(session.get_bind()) as sent:
        found: Any = session.scalars(select(Worker).options(option).order_by(Worker.id)).all()
        assert (found[1].level, found[2].desk) == (7, "d3")
    assert len(sent) == 3


def test_get_gives_an_object_of_another_class_to_nobody(session: Session) -> None:
    chief = session.get(Worker, 2)
    assert type(chief) is Chief
    assert session.get(Chief, 2) is chief
    assert session.get(Clerk, 2) is None
    assert session.get(Chief, 1) is None


def test_an_unknown_kind_is_refused(session: Session) -> None:
    session.execute(insert(Worker.__table__), [{"id": 9, "kind": "ghost"}])
    with pytest.raises(InvalidRequestError, match="No such polymorphic_identity 'ghost'"):
        session.scalars(select(Worker)).all()
    session.rollback()
