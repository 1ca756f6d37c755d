"""Loading that names subclasses, limits, and expressions of the mapping, all together."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.orm.shop import counted
from toolkit import create_engine, func, select
from toolkit.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    aliased,
    column_property,
    joinedload,
    mapped_column,
    relationship,
    selectinload,
)
from toolkit.schema import ForeignKey


class Base(DeclarativeBase):
    pass


class Firm(Base):
    __tablename__ = "firm"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    tools: Mapped[list[Tool]] = relationship(back_populates="firm", order_by="Tool.id")


class Tool(Base):
    __tablename__ = "tool"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    firm_id: Mapped[int | None] = mapped_column(ForeignKey("firm.id"))
    firm: Mapped[Firm | None] = relationship(back_populates="tools")
    parts: Mapped[list[Part]] = relationship(back_populates="tool", order_by="Part.id")
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "tool"}


class Saw(Tool):
    teeth: Mapped[int | None] = mapped_column()
    __mapper_args__ = {"polymorphic_identity": "saw"}


class Part(Base):
    __tablename__ = "part"
    id: Mapped[int] = mapped_column(primary_key=True)
    tool_id: Mapped[int | None] = mapped_column(ForeignKey("tool.id"))
    tool: Mapped[Tool | None] = relationship(back_populates="parts")


Firm.loud = column_property(func.upper(Firm.name))


@pytest.fixture
def firms() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        for n in (1, 2):
            tools = [Saw(id=10 * n, teeth=n, parts=[Part(id=n)]), Tool(id=10 * n + 1)]
            session.add(Firm(id=n, name=f"firm {n}", tools=tools))
        session.commit()
        session.expunge_all()
        yield session
    engine.dispose()


def test_expressions_of_what_is_joined_stay_outside_of_the_limit(firms: Session) -> None:
    statement = (
        select(Part).options(joinedload(Part.tool).joinedload(Tool.firm).joinedload(Firm.tools))
    ).order_by(Part.id)
    with counted(firms.get_bind()) as sent:
        parts = firms.scalars(statement.limit(2)).unique().all()
        found = [(one.id, one.tool.firm.loud, len(one.tool.firm.tools)) for one in parts]  # type: ignore[union-attr]
    assert found == [(1, "FIRM 1", 2), (2, "FIRM 2", 2)]
    assert len(sent) == 1


def test_a_subclass_in_the_same_table_is_joined_beside_the_programs_own_join(
    firms: Session,
) -> None:
    statement = (
        select(Part)
        .join(Part.tool.of_type(Saw))
        .where(Saw.teeth == 2)
        .options(joinedload(Part.tool.of_type(Saw)))
    )
    with counted(firms.get_bind()) as sent:
        found = firms.scalars(statement).all()
        assert [(one.id, one.tool.teeth) for one in found] == [(2, 2)]  # type: ignore[union-attr]
    assert len(sent) == 1


@pytest.mark.parametrize("size", [None, 1])
def test_options_below_a_subclass_of_an_alias_hold_for_each_part(
    firms: Session, size: int | None
) -> None:
    firm = aliased(Firm)
    statement = select(firm).options(
        selectinload(firm.tools.of_type(Saw)).options(selectinload(Saw.parts))
    )
    options = {} if size is None else {"yield_per": size}
    found = list(firms.scalars(statement.order_by(firm.id), execution_options=options))
    with counted(firms.get_bind()) as sent:
        parts = [[[part.id for part in tool.parts] for tool in one.tools] for one in found]
    assert parts == [[[1], []], [[2], []]]
    assert not sent


def test_rows_that_are_given_have_what_is_looked_for(firms: Session) -> None:
    """The key of what is related is in them: nothing is asked for one by one."""
    given = select(Tool).order_by(Tool.id)
    statement = select(Tool).from_statement(given).options(selectinload(Tool.firm))
    with counted(firms.get_bind()) as sent:
        found = firms.scalars(statement).all()
        assert [one.firm.id for one in found] == [1, 1, 2, 2]
    assert len(sent) == 2
