"""``insert(Class)`` with many rows by attributes, of any shape, and what comes back of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.containers.backend import Backend
from tests.orm.shop import counted
from toolkit import create_engine, func, insert, select
from toolkit.exc import ArgumentError, CompileError, SAWarning
from toolkit.orm import DeclarativeBase, Mapped, Session, load_only, mapped_column, relationship
from toolkit.schema import ForeignKey
from toolkit.types import String


class Base(DeclarativeBase):
    type_annotation_map = {str: String(40)}


class Plant(Base):
    __tablename__ = "bulk_plant"
    id: Mapped[int] = mapped_column(primary_key=True)
    called: Mapped[str | None] = mapped_column("plant_name")
    height: Mapped[int | None] = mapped_column(default=5)
    colour: Mapped[str | None] = mapped_column(server_default="green")
    kind: Mapped[str]
    leaves: Mapped[list[Leaf]] = relationship()
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "plant"}


class Tree(Plant):
    __tablename__ = "bulk_tree"
    id: Mapped[int] = mapped_column(ForeignKey("bulk_plant.id"), primary_key=True)
    rings: Mapped[int | None]
    __mapper_args__ = {"polymorphic_identity": "tree"}


class Leaf(Base):
    __tablename__ = "bulk_leaf"
    id: Mapped[int] = mapped_column(primary_key=True)
    plant_id: Mapped[int | None] = mapped_column(ForeignKey("bulk_plant.id"))


@pytest.fixture
def garden(backend: Backend) -> Iterator[Session]:
    engine = create_engine(backend.url)
    Base.metadata.drop_all(engine)
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        yield session
    Base.metadata.drop_all(engine)
    engine.dispose()


def plants(session: Session) -> list[tuple[Any, ...]]:
    asked = select(Plant.called, Plant.height, Plant.colour, Plant.kind).order_by(Plant.id)
    return [tuple(row) for row in session.execute(asked)]


def test_rows_may_have_different_attributes(garden: Session) -> None:
    garden.execute(
        insert(Plant),
        [{"called": "a"}, {"called": "b", "height": 2}, {"colour": "red"}, {"called": None}],
    )
    assert plants(garden) == [
        ("a", 5, "green", "plant"),
        ("b", 2, "green", "plant"),
        (None, 5, "red", "plant"),
        (None, 5, "green", "plant"),
    ]


def test_none_leaves_a_value_to_the_default_unless_it_is_rendered(garden: Session) -> None:
    rows = [{"called": "a", "colour": None}, {"called": "b", "colour": "red"}]
    garden.execute(insert(Plant), rows)
    with counted(garden.get_bind()) as sent:
        garden.execute(insert(Plant), rows, execution_options={"render_nulls": True})
    assert len(sent) == 1
    assert [row[2] for row in plants(garden)] == ["green", "red", None, "red"]


def test_values_may_be_sql_for_all_rows_or_for_one(garden: Session) -> None:
    garden.execute(insert(Plant).values(colour=func.upper("blue")), [{"called": "a"}])
    garden.execute(insert(Plant), [{"called": func.lower("B")}, {"called": "c"}])
    garden.execute(insert(Plant).values([{"called": "d", "kind": "plant"}]))
    assert [row[:1] + row[2:3] for row in plants(garden)] == [
        ("a", "BLUE"),
        ("b", "green"),
        ("c", "green"),
        ("d", "green"),
    ]


def test_rows_of_a_subclass_go_into_all_its_tables(garden: Session) -> None:
    garden.execute(insert(Tree), [{"called": "oak", "rings": 9}, {"called": "fir"}])
    trees = garden.scalars(select(Tree).order_by(Tree.id)).all()
    assert [(one.called, one.rings, one.kind) for one in trees] == [
        ("oak", 9, "tree"),
        ("fir", None, "tree"),
    ]


@pytest.mark.backend("sqlite", "postgresql", "mariadb")
def test_rows_come_back_as_objects_of_the_session(garden: Session) -> None:
    made = garden.scalars(
        insert(Plant).returning(Plant, sort_by_parameter_order=True),
        [{"called": "a"}, {"called": "b", "height": 1}],
    ).all()
    assert [(one.called, one.height, one.colour) for one in made] == [
        ("a", 5, "green"),
        ("b", 1, "green"),
    ]
    assert made[0] is garden.get(Plant, made[0].id)
    trees = garden.scalars(insert(Tree).returning(Tree), [{"called": "oak", "rings": 3}]).one()
    assert (trees.called, trees.rings) == ("oak", 3)


@pytest.mark.backend("sqlite", "postgresql", "mariadb")
def test_options_say_what_comes_back_with_it(garden: Session) -> None:
    asked = insert(Plant).returning(Plant).options(load_only(Plant.called))
    plant = garden.scalars(asked, [{"called": "a"}]).one()
    assert "colour" not in plant.__dict__
    assert plant.colour == "green"
    row = garden.execute(insert(Plant).returning(Plant.id, Plant.called), [{"called": "b"}]).one()
    assert row.called == "b"


def test_a_name_that_no_attribute_has_is_told(garden: Session) -> None:
    with pytest.warns(SAWarning, match=r"'caled'; did you mean Plant\.called\?"):
        garden.execute(insert(Plant), [{"caled": "a"}])
    with pytest.raises(CompileError, match="Unconsumed column names: caled"):
        garden.execute(insert(Plant).values(caled="a"))


def test_names_of_attributes_mean_the_same_on_a_connection(garden: Session) -> None:
    connection = garden.connection()
    connection.execute(insert(Plant).values(called="a", kind="plant"))
    assert "plant_name" in str(insert(Plant).values(called="a"))
    assert plants(garden) == [("a", 5, "green", "plant")]


def test_a_way_of_inserting_that_there_is_not_is_refused(garden: Session) -> None:
    with pytest.raises(ArgumentError, match="'raw', 'orm', 'bulk', 'auto'"):
        garden.execute(insert(Plant), [{}], execution_options={"dml_strategy": "fast"})
