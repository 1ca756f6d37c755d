"""Relationships with operators of their own: ``comparator_factory``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from toolkit import ForeignKey, create_engine, inspect, select
from toolkit.exc import ArgumentError
from toolkit.orm import (
    DeclarativeBase,
    Mapped,
    RelationshipProperty,
    Session,
    aliased,
    backref,
    joinedload,
    mapped_column,
    relationship,
    synonym,
)


class Named(RelationshipProperty.Comparator):
    """Objects may be compared with their name."""

    def __eq__(self, other: object) -> Any:
        return self.has(name=other) if isinstance(other, str) else super().__eq__(other)

    __hash__ = RelationshipProperty.Comparator.__hash__

    def named(self, name: str) -> Any:
        find = self.any if self.property.uselist else self.has
        return find(self.mapper.class_.name == name)


class Base(DeclarativeBase):
    pass


class Team(Base):
    __tablename__ = "team"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    players: Mapped[list[Player]] = relationship(
        comparator_factory=Named, backref=backref("team", comparator_factory=Named)
    )
    members = synonym("players")


class Player(Base):
    __tablename__ = "player"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))
    plain: Mapped[Team | None] = relationship(viewonly=True)
    named = synonym("plain", comparator_factory=Named)


class Star(Player):
    pass


PLAYER: Any = Player


@pytest.fixture
def session() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        reds = Team(id=1, name="reds", players=[Player(id=1, name="ann"), Player(id=2, name="bob")])
        session.add_all([reds, Team(id=2, name="blues"), Player(id=3, name="cy")])
        session.commit()
        yield session


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        (lambda: PLAYER.team == "reds", [1, 2]),
        (lambda: PLAYER.team == None, [3]),  # noqa: E711 - it is SQL
        (lambda: PLAYER.team.is_(None), [3]),
        (lambda: PLAYER.team != None, [1, 2]),  # noqa: E711 - it is SQL
        (lambda: PLAYER.team == Team(id=1), [1, 2]),
        (lambda: PLAYER.team.named("blues"), []),
        (lambda: PLAYER.team.has(Team.id == 1), [1, 2]),
        (lambda: PLAYER.named == "reds", [1, 2]),
    ],
)
def test_a_factory_decides_what_an_operator_means(
    session: Session, condition: Any, found: list[int]
) -> None:
    assert session.scalars(select(Player.id).where(condition()).order_by(Player.id)).all() == found


def test_methods_of_the_factory_are_methods_of_the_attribute(session: Session) -> None:
    players: Any = Team.players
    assert session.scalars(select(Team.name).where(players.named("bob"))).all() == ["reds"]
    members: Any = Team.members
    assert session.scalars(select(Team.name).where(members.named("cy"))).all() == []
    with pytest.raises(AttributeError, match="Named"):
        _ = players.other


def test_aliases_and_subclasses_have_them_too(session: Session) -> None:
    other: Any = aliased(Team)
    assert session.scalars(select(other.name).where(other.players.named("ann"))).all() == ["reds"]
    star: Any = Star
    assert "EXISTS" in str(select(Star).where(star.team == "reds"))


def test_it_is_joined_and_loaded_as_any_relationship(session: Session) -> None:
    joined = select(Team).join(Team.players.and_(Player.name == "ann"))
    assert session.scalars(joined).one().name == "reds"
    loaded = select(Player).options(joinedload(PLAYER.team)).order_by(Player.id)
    found: list[Any] = list(session.scalars(loaded))
    assert [one.team and one.team.name for one in found] == ["reds", "reds", None]
    assert inspect(Team).relationships.players.comparator_factory is Named


def test_what_is_no_comparator_of_relationships_is_refused() -> None:
    for wrong in (object, "Named", RelationshipProperty):
        with pytest.raises(ArgumentError, match="subclass of RelationshipProperty"):
            relationship(Team, comparator_factory=wrong)
