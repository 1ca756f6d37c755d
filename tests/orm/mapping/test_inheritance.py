"""Mapped classes that inherit, in one table and in several."""

from typing import Any

import pytest

from toolkit import case, column
from toolkit.exc import AmbiguousForeignKeysError, ArgumentError, NoForeignKeysError
from toolkit.orm import Mapped, mapped_column, relationship
from toolkit.schema import ForeignKey


@pytest.fixture
def employee(base: Any) -> Any:
    class Employee(base):
        __tablename__ = "employee"
        id: Mapped[int] = mapped_column(primary_key=True)
        kind: Mapped[str]
        __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "employee"}

    return Employee


def test_joined_tables_share_their_key(employee: Any) -> None:
    class Manager(employee):
        __tablename__ = "manager"
        id: Mapped[int] = mapped_column(ForeignKey("employee.id"), primary_key=True)
        level: Mapped[int]
        __mapper_args__ = {"polymorphic_identity": "manager"}

    above, mapper = employee.__mapper__, Manager.__mapper__
    mine, theirs = employee.__table__.c, Manager.__table__.c
    assert mapper.inherits is mapper.base is above
    assert mapper.attrs.keys() == ["id", "kind", "level"]
    assert mapper.attrs.id.columns == [theirs.id, mine.id]
    assert mapper.primary_key == (mine.id,)
    assert mapper.inherit_pairs == ((mine.id, theirs.id),)
    assert mapper.tables == [employee.__table__, Manager.__table__]
    assert str(mapper.persist_selectable) == ("employee JOIN manager ON employee.id = manager.id")
    assert above.polymorphic_map == {"employee": above, "manager": mapper}
    assert list(above.self_and_descendants) == [above, mapper]
    assert list(mapper.iterate_to_root()) == [mapper, above]
    assert mapper.isa(above)
    assert not above.isa(mapper)


def test_one_table_holds_the_columns_of_all(employee: Any) -> None:
    class Manager(employee):
        level: Mapped[int | None]
        __mapper_args__ = {"polymorphic_identity": "manager"}

    class Engineer(employee):
        tool: Mapped[str | None]
        level: Mapped[int | None] = mapped_column(use_existing_column=True)
        __mapper_args__ = {"polymorphic_identity": "engineer"}

    assert Manager.__table__ is employee.__table__
    assert employee.__table__.c.keys() == ["id", "kind", "level", "tool"]
    assert employee.__mapper__.attrs.keys() == ["id", "kind"]
    assert Manager.__mapper__.attrs.keys() == ["id", "kind", "level"]
    assert set(Engineer.__mapper__.attrs.keys()) == {"id", "kind", "level", "tool"}
    assert Engineer.level.expression is Manager.level.expression


def test_an_object_knows_its_kind_from_the_start(employee: Any) -> None:
    class Manager(employee):
        __mapper_args__ = {"polymorphic_identity": "manager"}

    assert (employee().kind, Manager().kind) == ("employee", "manager")


def test_attributes_of_the_parent_are_the_classs_own_in_sql(employee: Any) -> None:
    class Manager(employee):
        __mapper_args__ = {"polymorphic_identity": "manager"}

    assert Manager.kind.class_ is Manager
    assert employee.kind.class_ is employee
    assert str(Manager.kind) == "Manager.kind"


def test_attributes_given_to_the_parent_later_reach_the_class(employee: Any) -> None:
    class Manager(employee):
        __mapper_args__ = {"polymorphic_identity": "manager"}

    employee.boss_id = mapped_column(ForeignKey("employee.id"))
    employee.boss = relationship("Employee", remote_side=[employee.id])
    assert Manager.boss_id.expression is employee.__table__.c.boss_id
    assert Manager.__mapper__.relationships.keys() == ["boss"]


def test_an_expression_may_tell_the_classes_apart(base: Any) -> None:
    class Employee(base):
        __tablename__ = "employee"
        id: Mapped[int] = mapped_column(primary_key=True)
        rank: Mapped[int]
        __mapper_args__ = {
            "polymorphic_on": case((column("rank") > 5, "boss"), else_="worker"),
            "polymorphic_identity": "worker",
        }

    assert Employee.__mapper__.polymorphic_key == "_sa_polymorphic_on"


def test_an_abstract_class_of_a_hierarchy_has_no_identity(employee: Any) -> None:
    class Executive(employee):
        __mapper_args__: Any = {"polymorphic_abstract": True}

    class Manager(Executive):
        __mapper_args__ = {"polymorphic_identity": "manager"}

    assert list(employee.__mapper__.polymorphic_map) == ["employee", "manager"]


def test_a_missing_identity_and_a_second_one_are_warned_of(employee: Any) -> None:
    with pytest.warns(match="does not indicate a 'polymorphic_identity'"):

        class Manager(employee):
            pass

    with pytest.warns(match="Reassigning polymorphic association for identity 'employee'"):

        class Engineer(employee):
            __mapper_args__ = {"polymorphic_identity": "employee"}


def test_a_misspelt_discriminator_names_the_nearest(base: Any) -> None:
    with pytest.raises(ArgumentError, match="Can't determine polymorphic_on value") as caught:

        class Employee(base):
            __tablename__ = "employee"
            id: Mapped[int] = mapped_column(primary_key=True)
            kind: Mapped[str]
            __mapper_args__ = {"polymorphic_on": "knd"}

    assert caught.value.hint == "Employee.kind"


def test_tables_without_a_foreign_key_between_them_are_refused(employee: Any) -> None:
    with pytest.raises(NoForeignKeysError, match=r"inherited table 'employee'.*'manager'"):

        class Manager(employee):
            __tablename__ = "manager"
            id: Mapped[int] = mapped_column(primary_key=True)


def test_several_foreign_keys_ask_for_a_condition(employee: Any) -> None:
    with pytest.raises(AmbiguousForeignKeysError, match="inherit_condition"):

        class Manager(employee):
            __tablename__ = "manager"
            id: Mapped[int] = mapped_column(ForeignKey("employee.id"), primary_key=True)
            boss_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))


def test_a_condition_may_be_given(employee: Any) -> None:
    class Manager(employee):
        __tablename__ = "manager"
        id: Mapped[int] = mapped_column(ForeignKey("employee.id"), primary_key=True)
        boss_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
        __mapper_args__ = {
            "inherit_condition": employee.id == id,
            "polymorphic_identity": "manager",
        }

    pair = (employee.__table__.c.id, Manager.__table__.c.id)
    assert Manager.__mapper__.inherit_pairs == (pair,)


def test_a_second_column_of_a_name_is_refused_in_one_table(employee: Any) -> None:
    with pytest.raises(ArgumentError, match=r"conflicts with existing column 'employee.kind'"):

        class Manager(employee):
            kind: Mapped[str]


def test_key_columns_cannot_join_the_parents_table(employee: Any) -> None:
    with pytest.raises(ArgumentError, match="Can't place primary key columns"):

        class Manager(employee):
            other: Mapped[int] = mapped_column(primary_key=True)


def test_columns_of_one_name_in_two_tables_are_warned_of(employee: Any) -> None:
    with pytest.warns(match="Implicitly combining column employee.kind with column manager.kind"):

        class Manager(employee):
            __tablename__ = "manager"
            id: Mapped[int] = mapped_column(ForeignKey("employee.id"), primary_key=True)
            kind: Mapped[str]
            __mapper_args__ = {"polymorphic_identity": "manager"}


def test_with_polymorphic_chooses_what_is_loaded_at_once(employee: Any) -> None:
    class Manager(employee):
        __mapper_args__ = {"polymorphic_identity": "manager", "polymorphic_load": "inline"}

    class Engineer(employee):
        __mapper_args__ = {"polymorphic_identity": "engineer"}

    above = employee.__mapper__
    assert above.with_polymorphic_mappers == [above, Manager.__mapper__]
    above.with_polymorphic = "*"
    assert above.with_polymorphic_mappers == [above, Manager.__mapper__, Engineer.__mapper__]


def test_concrete_inheritance_is_refused_by_name(employee: Any) -> None:
    with pytest.raises(ArgumentError, match="concrete inheritance of Manager"):

        class Manager(employee):
            __tablename__ = "manager"
            id: Mapped[int] = mapped_column(primary_key=True)
            kind: Mapped[str]
            __mapper_args__ = {"concrete": True}
