"""Who decides types and hears when a registry's mappers are configured."""

from __future__ import annotations

from typing import Annotated, Any

import pytest

from toolkit import String, event, inspect
from toolkit.orm import EXT_SKIP, Mapped, Mapper, TypeResolve, mapped_column
from toolkit.orm.exc import MappedAnnotationError
from toolkit.types import TypeEngine


def test_a_listener_decides_the_type_of_a_column(base: Any) -> None:
    @event.listens_for(base.registry, "resolve_type_annotation")
    def decided(resolve: TypeResolve) -> TypeEngine[Any] | None:
        return String(99) if resolve.raw_type is complex else None

    class Point(base):
        __tablename__ = "point"
        id: Mapped[int] = mapped_column(primary_key=True)
        place: Mapped[complex]

    assert Point.__table__.c.place.type.length == 99
    with pytest.raises(MappedAnnotationError, match="bytearray"):

        class Other(base):
            __tablename__ = "other"
            id: Mapped[int] = mapped_column(primary_key=True)
            place: Mapped[bytearray]


def test_a_listener_is_told_the_annotation_taken_apart(base: Any) -> None:
    found: dict[str, TypeResolve] = {}
    short = Annotated[str, "short"]

    @event.listens_for(base.registry, "resolve_type_annotation")
    def noted(resolve: TypeResolve) -> None:
        found[resolve.key] = resolve

    class Person(base):
        __tablename__ = "person"
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str | None]
        code: Mapped[short]
        told: Mapped[str] = mapped_column(String(5))

    assert list(found) == ["id", "name", "code"]
    assert found["name"].raw_type == str | None
    assert found["name"].resolved_type is str
    assert found["code"].raw_pep_593_type == short
    assert found["code"].pep_593_resolved_argument is str
    assert found["id"].cls is Person
    assert found["id"].registry is base.registry
    assert isinstance(found["id"].resolve(str), String)
    assert found["id"].resolve(complex) is None


def test_configuring_is_told_before_and_after(base: Any) -> None:
    found: list[Any] = []
    for name in ("before_configured", "after_configured"):
        event.listen(
            base.registry,
            name,
            lambda registry, name=name: found.append((name, person.__mapper__.configured)),
        )

    class Person(base):
        __tablename__ = "person"
        id: Mapped[int] = mapped_column(primary_key=True)

    person: Any = Person
    base.registry.configure()
    assert found == [("before_configured", False), ("after_configured", True)]


def test_a_mapper_may_be_left_for_later(base: Any) -> None:
    skipping = [True]

    @event.listens_for(base, "before_mapper_configured", propagate=True, retval=True)
    def skipped(mapper: Mapper, cls: type) -> Any:
        return EXT_SKIP if skipping else None

    class Person(base):
        __tablename__ = "person"
        id: Mapped[int] = mapped_column(primary_key=True)

    base.registry.configure()
    mapper: Any = Person.__mapper__
    assert not mapper.configured
    skipping.clear()
    assert inspect(Person).configured


def test_classes_are_told_when_they_are_mapped_and_unmapped(base: Any) -> None:
    found: list[tuple[str, str]] = []
    for name in ("class_instrument", "class_uninstrument"):
        event.listen(base, name, lambda cls, name=name: found.append((name, cls.__name__)))

    class Person(base):
        __tablename__ = "person"
        id: Mapped[int] = mapped_column(primary_key=True)

    base.registry.dispose()
    assert found == [("class_instrument", "Person"), ("class_uninstrument", "Person")]
    assert not hasattr(Person, "__mapper__")


def test_a_misspelt_event_names_the_nearest(base: Any) -> None:
    with pytest.raises(Exception, match=r"(?s)No such event 'before_configurd'.*before_configured"):
        event.listen(base.registry, "before_configurd", print)
