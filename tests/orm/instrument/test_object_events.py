"""What is told of objects: made, loaded, loaded anew, written, expired, pickled."""

from __future__ import annotations

import pickle
import sys
from typing import Any

import pytest

from toolkit import create_engine, event, select, text, update
from toolkit.orm import (
    DeclarativeBase,
    InstanceState,
    Mapped,
    Mapper,
    Session,
    defer,
    joinedload,
    mapped_column,
    reconstructor,
    selectinload,
)


def told(target: Any, name: str, **options: Any) -> list[tuple[Any, ...]]:
    """Listen, and return the list of what the listener is called with."""
    found: list[tuple[Any, ...]] = []
    event.listen(target, name, lambda *values: found.append(values), **options)
    return found


def stored(family: Any, session: Session) -> Any:
    """Return a person with a pet, who is in the database and expired."""
    person = family.Person(id=1, name="ann", pets=[family.Pet(id=1)])
    session.add(person)
    session.commit()
    return person


def test_init_is_told_before_the_constructor_and_may_change_what_it_is_given(
    family: Any,
) -> None:
    @event.listens_for(family.Person, "init")
    def named(target: Any, args: Any, kwargs: Any) -> None:
        kwargs["name"] = kwargs["name"].upper()

    assert family.Person(name="ann").name == "ANN"


def test_init_failure_is_told_when_the_constructor_raises(family: Any) -> None:
    found = told(family.Person, "init_failure")
    with pytest.raises(TypeError, match="'nmae' is an invalid keyword"):
        family.Person(nmae="ann")
    assert [(type(target), kwargs) for target, _, kwargs in found] == [
        (family.Person, {"nmae": "ann"})
    ]


def test_init_is_told_of_a_subclass_that_is_mapped_later(family: Any) -> None:
    found = told(family.Base, "init", propagate=True)

    class Later(family.Base):
        __tablename__ = "later"
        id: Mapped[int] = mapped_column(primary_key=True)

    made = Later()
    assert [target for target, _, _ in found] == [made]


def test_init_is_told_of_all_classes_through_mapper(family: Any) -> None:
    found: list[Any] = []

    def heard(target: Any, args: Any, kwargs: Any) -> None:
        found.append(type(target))

    event.listen(Mapper, "init", heard)
    try:
        family.Person()
    finally:
        event.remove(Mapper, "init", heard)
    family.Person()
    assert found == [family.Person]


def test_load_is_told_of_each_object_once_it_has_its_columns(family: Any, session: Session) -> None:
    stored(family, session)
    session.expunge_all()
    names = []
    event.listen(
        family.Person, "load", lambda target, context: names.append((target.name, context.session))
    )
    held = session.scalars(select(family.Person)).all()
    assert session.scalars(select(family.Person)).all() == held
    assert names == [("ann", session)]


def test_load_is_told_whoever_has_compiled_the_statement_before(
    family: Any, session: Session
) -> None:
    person = stored(family, session)
    statement = select(family.Person)
    session.scalars(statement).all()
    session.expunge_all()
    found = told(family.Person, "load")
    del person
    session.scalars(statement).all()
    assert len(found) == 1


@pytest.mark.parametrize("how", ["lazy", selectinload, joinedload])
def test_load_is_told_of_related_objects_however_they_are_loaded(
    family: Any, session: Session, how: Any
) -> None:
    stored(family, session)
    session.expunge_all()
    found = told(family.Pet, "load")
    statement = select(family.Person)
    if how != "lazy":
        statement = statement.options(how(family.Person.pets))
    person = session.scalars(statement).unique().one()
    assert [target for target, _ in found] == (person.pets if how != "lazy" else [])
    assert len(person.pets) == len(found) == 1


def test_load_of_a_base_is_told_of_subclasses_if_it_propagates(base_with_two: Any) -> None:
    session, above, below = base_with_two
    plainly = told(above, "load")
    found = told(above, "load", propagate=True)
    session.scalars(select(above)).all()
    assert {type(target) for target, _ in found} == {above, below}
    assert {type(target) for target, _ in plainly} == {above}


def test_each_class_of_a_hierarchy_has_its_own_reconstructor(base_with_two: Any) -> None:
    session, above, _ = base_with_two
    assert [one.made_by for one in session.scalars(select(above).order_by(above.id))] == [
        "above",
        "below",
    ]


@pytest.fixture
def base_with_two(family: Any, session: Session) -> Any:
    class Above(family.Base):
        __tablename__ = "above"
        id: Mapped[int] = mapped_column(primary_key=True)
        kind: Mapped[str]
        made_by = "nobody"
        __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "above"}

        @reconstructor
        def made(self) -> None:
            self.made_by = "above"

    class Below(Above):
        __mapper_args__ = {"polymorphic_identity": "below"}

        @reconstructor
        def made(self) -> None:
            self.made_by = "below"

    family.Base.metadata.create_all(session.connection())
    session.add_all([Above(id=1), Below(id=2)])
    session.commit()
    session.expunge_all()
    return session, Above, Below


def test_refresh_is_told_with_the_names_that_were_loaded(family: Any, session: Session) -> None:
    person = stored(family, session)
    found = told(family.Person, "refresh")
    assert person.name == "ann"
    assert person.notes is None
    assert [(target, set(names)) for target, _, names in found] == [
        (person, {"id", "name", "rank", "step"}),
        (person, {"notes"}),
    ]


def test_refresh_of_all_is_told_without_names(family: Any, session: Session) -> None:
    person = stored(family, session)
    found = told(family.Person, "refresh")
    session.refresh(person)
    session.scalars(select(family.Person).execution_options(populate_existing=True)).all()
    assert [names for _, _, names in found] == [None, None]


def test_refresh_is_told_of_a_deferred_attribute(family: Any, session: Session) -> None:
    stored(family, session)
    session.expunge_all()
    person = session.scalars(select(family.Person).options(defer(family.Person.name))).one()
    found = told(family.Person, "refresh")
    assert person.name == "ann"
    assert [set(names) for _, _, names in found] == [{"name"}]


def test_refresh_flush_names_what_server_and_defaults_have_made_up(
    family: Any, anywhere: Session
) -> None:
    found = told(family.Person, "refresh_flush")
    person = family.Person(id=1, name="ann")
    anywhere.add(person)
    anywhere.flush()
    ((target, _, names),) = found
    assert target is person
    # Servers without RETURNING tell what they have made up when it is asked for.
    assert set(names) - {"rank"} == {"step"}
    assert person.rank == 4


def test_refresh_flush_names_the_values_that_an_update_has_made_up() -> None:
    class Base(DeclarativeBase):
        pass

    class Page(Base):
        __tablename__ = "page"
        id: Mapped[int] = mapped_column(primary_key=True)
        title: Mapped[str]
        edits: Mapped[int | None] = mapped_column(onupdate=lambda: 5)

    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        pages = [Page(id=1, title="a"), Page(id=2, title="b")]
        session.add_all(pages)
        session.flush()
        found = told(Page, "refresh_flush")
        for page in pages:
            page.title += "!"
        session.flush()
        assert [(target, list(names)) for target, _, names in found] == [
            (page, ["edits"]) for page in pages
        ]
        # What was sent is kept: nothing is asked for.
        assert all(page.__dict__["edits"] == 5 for page in pages)
    engine.dispose()


def test_refresh_flush_names_the_version_that_was_counted() -> None:
    class Base(DeclarativeBase):
        pass

    class Page(Base):
        __tablename__ = "page"
        id: Mapped[int] = mapped_column(primary_key=True)
        title: Mapped[str]
        version: Mapped[int] = mapped_column()
        __mapper_args__ = {"version_id_col": version}

    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        found = told(Page, "refresh_flush")
        page = Page(id=1, title="a")
        session.add(page)
        session.flush()
        page.title = "b"
        session.flush()
        assert [(target, list(names)) for target, _, names in found] == [(page, ["version"])] * 2
    engine.dispose()


def test_expire_is_told_when_it_has_happened(family: Any, session: Session) -> None:
    person = stored(family, session)
    session.refresh(person)
    seen = []
    event.listen(
        family.Person,
        "expire",
        lambda target, names: seen.append(("name" in target.__dict__, names)),
    )
    session.expire(person, ["name"])
    session.expire(person)
    assert seen == [(False, ["name"]), (False, None)]


def test_what_a_listener_puts_beside_a_pickled_object_comes_back(
    family: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    cls = family.Person
    cls.__qualname__ = "Pickled"
    cls.__module__ = __name__
    monkeypatch.setattr(sys.modules[__name__], "Pickled", cls, raising=False)
    event.listen(cls, "pickle", lambda target, state: state.update(note=target.name))
    found: list[Any] = []
    event.listen(cls, "unpickle", lambda target, state: found.append(state["note"]))
    again = pickle.loads(pickle.dumps(cls(name="ann")))
    assert (again.name, found) == ("ann", ["ann"])


def test_raw_listeners_get_the_state(family: Any, session: Session) -> None:
    stored(family, session)
    session.expunge_all()
    loaded = told(family.Person, "load", raw=True)
    written = told(family.Pet, "before_insert", raw=True)
    person = session.get(family.Person, 1)
    session.add(family.Pet(id=7))
    session.flush()
    ((state, _),) = loaded
    assert isinstance(state, InstanceState)
    assert state.obj() is person
    assert [type(target) for _, _, target in written] == [family.Pet.__state_class__]


def test_all_mapped_classes_are_heard_through_mapper(family: Any, session: Session) -> None:
    stored(family, session)
    session.expunge_all()
    found: list[Any] = []

    def heard(target: Any, context: Any) -> None:
        found.append(type(target))

    event.listen(Mapper, "load", heard)
    try:
        session.get(family.Person, 1)
    finally:
        event.remove(Mapper, "load", heard)
    assert found == [family.Person]


def test_a_listener_that_was_removed_hears_nothing(family: Any, session: Session) -> None:
    stored(family, session)
    session.expunge_all()
    found: list[Any] = []

    def heard(target: Any, context: Any) -> None:
        found.append(target)

    event.listen(family.Person, "load", heard)
    event.remove(family.Person, "load", heard)
    session.get(family.Person, 1)
    assert not found


def test_a_listener_may_load_what_it_likes(family: Any, session: Session) -> None:
    stored(family, session)
    session.expunge_all()
    counts = []
    event.listen(
        family.Person,
        "load",
        lambda target, context: counts.append(len(target.pets)),
        restore_load_context=True,
    )
    session.scalars(select(family.Person)).all()
    assert counts == [1]


def test_an_option_that_no_event_of_objects_knows_is_refused(family: Any) -> None:
    with pytest.raises(TypeError, match="takes no option 'propagat'; did you mean 'propagate'"):
        event.listen(family.Person, "load", print, propagat=True)
    with pytest.raises(TypeError, match="takes no option 'active_history'"):
        event.listen(family.Person, "load", print, active_history=True)


def test_a_bulk_update_that_is_no_load_tells_nothing(family: Any, session: Session) -> None:
    stored(family, session)
    found = told(family.Person, "load")
    session.execute(update(family.Person).values(name="bob"))
    assert session.scalar(text("SELECT name FROM instrument_person")) == "bob"
    assert not found
