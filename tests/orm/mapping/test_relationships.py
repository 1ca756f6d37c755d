"""Relationships: what they lead to, by which columns, and in which direction."""

from typing import Any, Optional

import pytest

from toolkit import func
from toolkit.exc import (
    AmbiguousForeignKeysError,
    ArgumentError,
    InvalidRequestError,
    NoForeignKeysError,
)
from toolkit.orm import (
    MANYTOMANY,
    MANYTOONE,
    ONETOMANY,
    CascadeOptions,
    Mapped,
    backref,
    foreign,
    mapped_column,
    relationship,
    remote,
)
from toolkit.orm.exc import LoaderStrategyException
from toolkit.schema import Column, ForeignKey, ForeignKeyConstraint, Table
from toolkit.types import Integer, String


@pytest.fixture
def person(base: Any) -> Any:
    class Person(base):
        __tablename__ = "person"
        id: Mapped[int] = mapped_column(primary_key=True)

    return Person


@pytest.fixture
def address(base: Any, person: Any) -> Any:
    class Address(base):
        __tablename__ = "address"
        id: Mapped[int] = mapped_column(primary_key=True)
        person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    return Address


def configured(cls: Any, key: str) -> Any:
    return cls.__mapper__.relationships[key]


def test_one_to_many_and_back(person: Any, address: Any) -> None:
    person.addresses = relationship("Address", back_populates="person")
    address.person = relationship("Person", back_populates="addresses")
    many, one = configured(person, "addresses"), configured(address, "person")
    pair = (person.__table__.c.id, address.__table__.c.person_id)
    assert (many.direction, one.direction) == (ONETOMANY, MANYTOONE)
    assert (many.uselist, one.uselist) == (True, False)
    assert many.local_remote_pairs == many.synchronize_pairs == [pair]
    assert one.local_remote_pairs == [pair[::-1]]
    assert one.synchronize_pairs == [pair]
    assert (many.reverse, one.reverse) == ([one], [many])
    assert many.remote_side == {pair[1]}
    assert many.local_columns == {pair[0]}


@pytest.mark.parametrize("form", ["class", "text", "function", "path", "module"])
def test_a_target_may_be_told_in_many_forms(person: Any, address: Any, form: str) -> None:
    module = address.__module__.rpartition(".")[2]
    forms = {
        "class": address,
        "text": "Address",
        "function": lambda: address,
        "path": f"{address.__module__}.Address",
        "module": f"{module}.Address",
    }
    person.addresses = relationship(forms[form])
    assert configured(person, "addresses").mapper is address.__mapper__


@pytest.mark.parametrize(
    ("annotation", "collection", "uselist"),
    [
        ("list['Address']", list, True),
        ("set['Address']", set, True),
        ("dict[str, 'Address']", dict, True),
        ("Optional['Address']", None, False),
        ("'Address'", None, False),
    ],
)
def test_annotations_tell_one_or_many(
    base: Any, annotation: str, collection: Any, uselist: bool
) -> None:
    class Address(base):
        __tablename__ = "address"
        id: Mapped[int] = mapped_column(primary_key=True)
        person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))

    namespace = {
        "__tablename__": "person",
        "__module__": __name__,
        "__annotations__": {"addresses": f"Mapped[{annotation}]"},
        "id": mapped_column(Integer, primary_key=True),
        "addresses": relationship(),
    }
    cls = type(base)("Person", (base,), namespace)
    found = configured(cls, "addresses")
    assert found.mapper is Address.__mapper__
    assert (found.collection_class, found.uselist) == (collection, uselist)


def test_many_to_many_by_a_table_between(base: Any, person: Any) -> None:
    links = Table(
        "links",
        base.metadata,
        Column("person_id", ForeignKey("person.id"), primary_key=True),
        Column("group_id", ForeignKey("team.id"), primary_key=True),
    )

    class Team(base):
        __tablename__ = "team"
        id: Mapped[int] = mapped_column(primary_key=True)
        members: Mapped[list["Person"]] = relationship(  # type: ignore[name-defined] # noqa: F821 - by name
            secondary="links", backref="teams"
        )

    members, teams = configured(Team, "members"), configured(person, "teams")
    assert (members.direction, teams.direction) == (MANYTOMANY, MANYTOMANY)
    assert members.secondary is links is teams.secondary
    assert members.synchronize_pairs == [(Team.__table__.c.id, links.c.group_id)]
    assert members.secondary_synchronize_pairs == [(person.__table__.c.id, links.c.person_id)]
    assert teams.synchronize_pairs == members.secondary_synchronize_pairs


def test_a_tree_needs_only_to_know_which_side_is_far(base: Any) -> None:
    class Node(base):
        __tablename__ = "node"
        id: Mapped[int] = mapped_column(primary_key=True)
        parent_id: Mapped[int | None] = mapped_column(ForeignKey("node.id"))
        children: Mapped[list["Node"]] = relationship(back_populates="parent")
        parent: Mapped[Optional["Node"]] = relationship(back_populates="children", remote_side=[id])

    children, parent = configured(Node, "children"), configured(Node, "parent")
    assert (children.direction, parent.direction) == (ONETOMANY, MANYTOONE)
    columns = Node.__table__.c
    assert children.local_remote_pairs == [(columns.id, columns.parent_id)]
    assert parent.local_remote_pairs == [(columns.parent_id, columns.id)]


def test_a_backref_of_a_tree_turns_the_condition_round(base: Any) -> None:
    class Node(base):
        __tablename__ = "node"
        id: Mapped[int] = mapped_column(primary_key=True)
        parent_id: Mapped[int | None] = mapped_column(ForeignKey("node.id"))
        children = relationship("Node", backref=backref("parent", remote_side=[id]))
        other = relationship("Node", backref="others", remote_side="Node.id", viewonly=True)

    assert configured(Node, "parent").direction is MANYTOONE
    assert configured(Node, "others").direction is ONETOMANY


def test_both_sides_of_the_same_direction_are_refused(base: Any) -> None:
    class Node(base):
        __tablename__ = "node"
        id: Mapped[int] = mapped_column(primary_key=True)
        parent_id: Mapped[int | None] = mapped_column(ForeignKey("node.id"))
        children = relationship("Node", back_populates="parent")
        parent = relationship("Node", back_populates="children")

    with pytest.raises(ArgumentError, match=r"both of the same direction.*remote_side"):
        base.registry.configure()
    base.registry.dispose()


def test_several_paths_are_named_with_the_argument_that_chooses(base: Any, person: Any) -> None:
    class Order(base):
        __tablename__ = "order"
        id: Mapped[int] = mapped_column(primary_key=True)
        buyer_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
        payer_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
        buyer = relationship("Person")

    with pytest.raises(AmbiguousForeignKeysError, match=r"relationship Order.buyer") as caught:
        base.registry.configure()
    hint = str(caught.value.hint)
    assert "foreign_keys=[order.buyer_id] or foreign_keys=[order.payer_id]" in hint
    assert "person.id = order.buyer_id; or person.id = order.payer_id" in hint
    base.registry.dispose()


def test_foreign_keys_choose_a_path(base: Any, person: Any) -> None:
    class Order(base):
        __tablename__ = "order"
        id: Mapped[int] = mapped_column(primary_key=True)
        buyer_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
        payer_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
        buyer = relationship("Person", foreign_keys=[buyer_id])
        payer = relationship("Person", foreign_keys="Order.payer_id")

    columns = Order.__table__.c
    assert configured(Order, "buyer").local_columns == {columns.buyer_id}
    assert configured(Order, "payer").local_columns == {columns.payer_id}


def test_no_path_says_which_foreign_key_is_missing(base: Any, person: Any) -> None:
    class Order(base):
        __tablename__ = "order"
        id: Mapped[int] = mapped_column(primary_key=True)
        buyer = relationship("Person")

    with pytest.raises(NoForeignKeysError, match="no foreign keys linking these tables") as caught:
        base.registry.configure()
    assert "ForeignKey('order.id') in 'person'" in str(caught.value.hint)
    base.registry.dispose()


def test_a_condition_may_be_given_as_text_function_or_expression(base: Any) -> None:
    class Person(base):
        __tablename__ = "person"
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str]
        by_text = relationship(
            "Address",
            primaryjoin="and_(Person.id == foreign(Address.owner), Address.kind == 'home')",
        )
        by_function = relationship(
            lambda: Address,
            primaryjoin=lambda: Person.id == foreign(Address.owner),
            viewonly=True,
        )

    class Address(base):
        __tablename__ = "address"
        id: Mapped[int] = mapped_column(primary_key=True)
        owner: Mapped[int]
        kind: Mapped[str]

    found = configured(Person, "by_text")
    assert str(found.primaryjoin) == "person.id = address.owner AND address.kind = :kind_1"
    assert found.synchronize_pairs == [(Person.__table__.c.id, Address.__table__.c.owner)]
    assert configured(Person, "by_function").direction is ONETOMANY


def test_a_condition_of_other_operators_is_for_viewing_only(base: Any) -> None:
    class Folder(base):
        __tablename__ = "folder"
        path: Mapped[str] = mapped_column(String(50), primary_key=True)

    Folder.below = relationship(
        Folder,
        primaryjoin=remote(foreign(Folder.path)).like(Folder.path.concat("/%")),
        viewonly=True,
        order_by=Folder.path,
    )
    found = configured(Folder, "below")
    assert found.direction is ONETOMANY
    assert found.order_by == [Folder.__table__.c.path]
    assert found.synchronize_pairs == []


def test_a_condition_that_cannot_be_written_is_refused(base: Any, person: Any) -> None:
    class Address(base):
        __tablename__ = "address"
        id: Mapped[int] = mapped_column(primary_key=True)
        owner: Mapped[int]

    person.addresses = relationship(
        Address, primaryjoin=func.lower(person.id) > foreign(Address.owner)
    )
    with pytest.raises(ArgumentError, match="Could not locate any simple equality expressions"):
        base.registry.configure()
    base.registry.dispose()


def test_a_condition_without_foreign_columns_is_refused(base: Any, person: Any) -> None:
    class Address(base):
        __tablename__ = "address"
        id: Mapped[int] = mapped_column(primary_key=True)
        owner: Mapped[int]

    person.addresses = relationship(Address, primaryjoin=person.id == Address.owner)
    with pytest.raises(ArgumentError, match="Could not locate any relevant foreign key columns"):
        base.registry.configure()
    base.registry.dispose()


def test_composite_keys_are_synchronised_pair_by_pair(base: Any) -> None:
    class Person(base):
        __tablename__ = "person"
        a: Mapped[int] = mapped_column(primary_key=True)
        b: Mapped[int] = mapped_column(primary_key=True)
        addresses: Mapped[list["Address"]] = relationship()

    class Address(base):
        __tablename__ = "address"
        __table_args__ = (ForeignKeyConstraint(["pa", "pb"], ["person.a", "person.b"]),)
        id: Mapped[int] = mapped_column(primary_key=True)
        pa: Mapped[int]
        pb: Mapped[int]

    mine, theirs = Person.__table__.c, Address.__table__.c
    assert configured(Person, "addresses").synchronize_pairs == [
        (mine.a, theirs.pa),
        (mine.b, theirs.pb),
    ]


def test_two_writers_of_one_column_are_warned_of(person: Any, address: Any) -> None:
    person.addresses = relationship(address)
    address.person = relationship(person)
    with pytest.warns(match="'Address.person' will copy column person.id") as caught:
        person.registry.configure()
    assert 'overlaps="addresses"' in str(caught[0].message)


def test_overlaps_silences_the_warning(person: Any, address: Any) -> None:
    person.addresses = relationship(address)
    address.person = relationship(person, overlaps="addresses")
    person.registry.configure()


def test_a_missing_other_side_is_named_with_what_to_add(
    base: Any, person: Any, address: Any
) -> None:
    person.addresses = relationship(address, back_populates="owner")
    with pytest.raises(InvalidRequestError, match="has no property 'owner'") as caught:
        base.registry.configure()
    assert "owner = relationship(back_populates='addresses')" in str(caught.value.hint)
    base.registry.dispose()


def test_an_other_side_that_is_a_column_is_refused(base: Any, person: Any, address: Any) -> None:
    person.addresses = relationship(address, back_populates="person_id")
    with pytest.raises(InvalidRequestError, match="that is not a relationship"):
        base.registry.configure()
    base.registry.dispose()


def test_a_backref_that_is_there_already_is_refused(base: Any, person: Any, address: Any) -> None:
    person.addresses = relationship(address, backref="person_id")
    with pytest.raises(ArgumentError, match="Error creating backref 'person_id'"):
        base.registry.configure()
    base.registry.dispose()


def test_a_target_that_is_not_there_is_named_with_the_nearest(base: Any, person: Any) -> None:
    person.friends = relationship("Persn")
    with pytest.raises(InvalidRequestError, match=r"failed to locate a name .'Persn'") as caught:
        base.registry.configure()
    assert "'Person'" in str(caught.value.hint)
    with pytest.raises(InvalidRequestError, match="One or more mappers failed to initialize"):
        base.registry.configure()
    base.registry.dispose()


def test_classes_of_one_name_are_told_apart_by_module(base: Any, person: Any) -> None:
    twin = type(base)(
        "Person",
        (base,),
        {
            "__module__": "elsewhere.models",
            "__tablename__": "twin",
            "id": mapped_column(Integer, primary_key=True),
            "person_id": mapped_column(ForeignKey("person.id")),
        },
    )
    twin.one = relationship("Person")
    with pytest.raises(InvalidRequestError, match='Multiple classes found for path "Person"'):
        base.registry.configure()
    base.registry._failed = None
    twin.one.prop.argument = f"{person.__module__}.Person"
    assert configured(twin, "one").mapper is person.__mapper__


def test_delete_orphan_belongs_to_the_one_side(base: Any, person: Any, address: Any) -> None:
    address.person = relationship(person, cascade="all, delete-orphan")
    with pytest.raises(ArgumentError, match="delete-orphan cascade is normally"):
        base.registry.configure()
    base.registry.dispose()


def test_cascades_read_text_and_refuse_what_they_do_not_know() -> None:
    found = CascadeOptions("all, delete-orphan")
    assert found.delete_orphan
    assert found.save_update
    assert "delete" in found
    with pytest.raises(ArgumentError, match="Invalid cascade option"):
        CascadeOptions("all, del")


def test_a_view_only_relationship_writes_nothing(person: Any, address: Any) -> None:
    person.addresses = relationship(address, viewonly=True)
    assert configured(person, "addresses").cascade == {"merge"}
    person.more = relationship(address, viewonly=True, cascade="all")
    assert configured(person, "more").cascade == {"merge", "refresh-expire", "expunge"}


def test_misspelt_arguments_suggest_the_nearest() -> None:
    with pytest.raises(TypeError, match=r"'back_populate'; did you mean 'back_populates'"):
        relationship("Address", back_populate="x")
    with pytest.raises(LoaderStrategyException, match=r"'joind'.* did you mean 'joined'"):
        relationship("Address", lazy="joind")


@pytest.mark.parametrize("lazy", ["dynamic", "write_only"])
def test_what_is_not_there_yet_is_refused_by_name(lazy: Any) -> None:
    with pytest.raises(LoaderStrategyException, match=f"lazy='{lazy}' is not there yet"):
        relationship("Address", lazy=lazy)


def test_backrefs_are_there_before_the_first_object_is_made(person: Any, address: Any) -> None:
    address.person = relationship(person, backref="addresses")
    one = person(addresses=[])
    assert list(one.addresses) == []
