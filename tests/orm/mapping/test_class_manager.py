"""What a mapper tells of its class and of where cascades lead."""

from __future__ import annotations

from typing import Any

import pytest

from toolkit import ForeignKey, inspect
from toolkit.exc import InvalidRequestError
from toolkit.orm import ClassManager, DeclarativeBase, Mapped, mapped_column, relationship
from toolkit.orm.attributes import manager_of_class, opt_manager_of_class


class Base(DeclarativeBase):
    pass


class Shop(Base):
    __tablename__ = "shop"
    id: Mapped[int] = mapped_column(primary_key=True)
    orders: Mapped[list[Order]] = relationship(cascade="all, delete-orphan")


class Order(Base):
    __tablename__ = "order"
    id: Mapped[int] = mapped_column(primary_key=True)
    shop_id: Mapped[int | None] = mapped_column(ForeignKey("shop.id"))
    items: Mapped[list[Item]] = relationship(cascade="save-update")


class Item(Base):
    __tablename__ = "item"
    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int | None] = mapped_column(ForeignKey("order.id"))


class BigShop(Shop):
    pass


def reached(shop: Shop, kind: str, **options: Any) -> list[Any]:
    found = inspect(Shop).cascade_iterator(kind, inspect(shop), **options)
    return [one for one, *_ in found]


def test_a_cascade_leads_as_far_as_the_relationships_say() -> None:
    item = Item()
    order = Order(items=[item])
    shop = Shop(orders=[order])
    assert reached(shop, "save-update") == [order, item]
    assert reached(shop, "delete") == [order]
    assert reached(shop, "save-update", halt_on=lambda state: state.object is order) == []


def test_a_cascade_tells_mapper_state_and_values() -> None:
    order = Order(id=5)
    shop = Shop(orders=[order])
    found = list(inspect(Shop).cascade_iterator("merge", inspect(shop)))
    assert found == [(order, inspect(Order), inspect(order), order.__dict__)]
    assert found[0][3] is order.__dict__


def test_a_class_manager_has_the_attributes_of_the_class() -> None:
    manager = inspect(Shop).class_manager
    assert isinstance(manager, ClassManager)
    assert dict(manager) == {"id": Shop.id, "orders": Shop.orders}
    assert (manager.class_, manager.mapper, manager.is_mapped) == (Shop, inspect(Shop), True)
    assert list(manager.attributes) == [Shop.id, Shop.orders]
    assert manager.is_instrumented("id")
    assert "other" not in manager
    assert len(manager) == 2
    with pytest.raises(InvalidRequestError, match="no property 'other'"):
        manager["other"]


def test_there_is_one_for_each_class() -> None:
    manager = inspect(Shop).class_manager
    assert manager is manager_of_class(Shop) is inspect(Shop()).manager
    assert manager.subclass_managers(True) == [manager_of_class(BigShop)]
    assert opt_manager_of_class(int) is None
    manager.info["kept"] = True
    assert inspect(Shop).class_manager.info == {"kept": True}


def test_it_gives_states_values_and_new_objects() -> None:
    manager = manager_of_class(Shop)
    made = manager.new_instance()
    assert isinstance(made, Shop)
    assert manager.has_state(made)
    assert manager.state_getter()(made) is inspect(made)
    assert manager.dict_getter()(made) is made.__dict__


def test_it_knows_whose_an_object_is() -> None:
    order = Order()
    manager = manager_of_class(Shop)
    assert not manager.has_parent(inspect(order), "orders")
    assert manager.has_parent(inspect(order), "orders", optimistic=True)
    shop = Shop(orders=[order])
    assert manager.has_parent(inspect(order), "orders")
    shop.orders.remove(order)
    assert not manager.has_parent(inspect(order), "orders", optimistic=True)


def test_a_state_keeps_what_a_user_puts_there() -> None:
    shop = Shop(id=1)
    state = inspect(shop)
    state.info["colour"] = "red"
    assert state.info == {"colour": "red"}
    assert state.unloaded_expirable == state.unloaded == {"orders"}


def test_a_class_has_one_mapper() -> None:
    assert inspect(BigShop).primary_mapper() is inspect(BigShop)
