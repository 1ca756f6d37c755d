"""Keys that change at random: what refers to them follows, by the database or by the session.

Each seed is a session of its own; in every other one updates cascade in the database.  Compared
are what each flush, commit and rollback gives or raises, what the tables hold, what objects are
known by, and that no more statements are sent.
"""

import random
import warnings

from sqlalchemy import (
    Column,
    ForeignKey,
    Integer,
    String,
    Table,
    create_engine,
    event,
    inspect,
    text,
)
from sqlalchemy.orm import Session, backref, declarative_base, relationship

warnings.simplefilter("ignore")
SEEDS = 80
STEPS = 35
# What begins and ends transactions is sent when it suits.
ENDS = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")
ERRORS = ["ObjectDeletedError", "StaleDataError", "FlushError", "IntegrityError", "AssertionError"]
TABLES = ["owner", "thing", "tag", "tagged", "part"]


def classes(passive):
    """Classes whose keys are followed by the database, or by the session."""
    base = declarative_base()
    follows = {"onupdate": "cascade"} if passive else {}

    class Owner(base):
        __tablename__ = "owner"
        code = Column(String(20), primary_key=True)
        size = Column(Integer)
        things = relationship(
            "Thing", passive_updates=passive, back_populates="owner", order_by="Thing.id"
        )
        parts = relationship(
            "Part",
            passive_updates=passive,
            cascade="all, delete-orphan",
            backref=backref("owner", passive_updates=passive),
            order_by="Part.number",
        )

    class Thing(base):
        __tablename__ = "thing"
        id = Column(Integer, primary_key=True)
        size = Column(Integer)
        owner_code = Column(ForeignKey("owner.code", **follows))
        owner = relationship("Owner", passive_updates=passive, back_populates="things")
        tags = relationship(
            "Tag",
            secondary=Table(
                "tagged",
                base.metadata,
                Column("thing", ForeignKey("thing.id"), primary_key=True),
                Column("tag", ForeignKey("tag.code", **follows), primary_key=True),
            ),
            passive_updates=passive,
            order_by="Tag.code",
            backref=backref("things", passive_updates=passive, order_by="Thing.id"),
        )

    class Tag(base):
        __tablename__ = "tag"
        code = Column(String(20), primary_key=True)
        size = Column(Integer)

    class Part(base):
        __tablename__ = "part"
        owner_code = Column(ForeignKey("owner.code", **follows), primary_key=True)
        number = Column(Integer, primary_key=True)
        size = Column(Integer)

    return Owner, Thing, Tag, Part


def keep_keys(connection, record):
    connection.execute("pragma foreign_keys = on")


class World(random.Random):
    """One session, and all objects that were ever made for it."""

    def __init__(self, seed):
        super().__init__(seed)
        passive = seed % 2 == 0
        self.classes = self.owner, self.thing, self.tag_class, self.part = classes(passive)
        self.engine = create_engine("sqlite://")
        if passive:
            event.listen(self.engine, "connect", keep_keys)
        self.owner.metadata.create_all(self.engine)
        self.session = Session(self.engine)
        self.objects = []

    def there(self, *found):
        """An object in the session."""
        usable = [
            one
            for one in self.objects
            if isinstance(one, found)
            and inspect(one).session is self.session
            and not inspect(one).deleted
            and one not in self.session.deleted
        ]
        return self.choice(usable) if usable else None

    # -- what can happen ------------------------------------------------------------------

    def add(self):
        number = len(self.objects)
        cls = self.choice([self.owner, self.thing, self.tag_class, self.part])
        if cls is self.part:
            owner = self.there(self.owner)
            if owner is None:
                return
            one = cls(number=number)
            owner.parts.append(one)
        elif cls is self.thing:
            one = cls(id=number)
        else:
            one = cls(code=f"{cls.__name__[0].lower()}{number}")
        self.objects.append(one)
        self.session.add(one)

    def change(self):
        one = self.there(*self.classes)
        if one is not None:
            one.size = self.choice([None, 1, 2, 3])

    def rename(self):
        one = self.there(self.owner, self.tag_class)
        if one is not None:
            one.code = f"r{self.randrange(1000)}"

    def renumber(self):
        one = self.there(self.part, self.thing)
        if isinstance(one, self.part):
            one.number = 1000 + self.randrange(1000)

    def own(self):
        thing, owner = self.there(self.thing), self.there(self.owner)
        if thing is not None:
            self.session.flush()
            thing.owner = self.choice([owner, None])

    def collect(self):
        thing, owner = self.there(self.thing), self.there(self.owner)
        if thing is not None and owner is not None:
            self.session.flush()
            if thing in owner.things:
                owner.things.remove(thing)
            else:
                owner.things.append(thing)

    def tag(self):
        thing, tag = self.there(self.thing), self.there(self.tag_class)
        if thing is not None and tag is not None:
            self.session.flush()
            if tag in thing.tags:
                thing.tags.remove(tag)
            else:
                thing.tags.append(tag)

    def delete(self):
        one = self.there(*self.classes)
        if one is not None and inspect(one).persistent:
            self.session.flush()
            self.session.delete(one)

    def look(self):
        """Have what is related loaded."""
        one = self.there(*self.classes)
        if one is not None and inspect(one).persistent:
            self.session.flush()
            for name in ("things", "parts", "owner", "tags"):
                getattr(one, name, None)

    def flush(self):
        self.session.flush()
        return True

    def commit(self):
        self.session.commit()
        return True

    def roll_back(self):
        self.session.rollback()
        return True

    # -- what is reported -----------------------------------------------------------------

    def held(self):
        with self.session.no_autoflush:
            return [
                sorted(tuple(row) for row in self.session.execute(text(f"select * from {table}")))
                for table in TABLES
            ]

    def known(self):
        """What persistent objects are known by, and what they have in memory of keys."""
        found = []
        with self.session.no_autoflush:
            for number, one in enumerate(self.objects):
                state = inspect(one)
                if state.persistent and one not in self.session.deleted:
                    key = state.identity
                    here = self.session.identity_map.get(state.key) is one
                    code = one.owner_code if hasattr(one, "owner_code") else one.code
                    found.append((number, key, here, code))
        return found


HAPPENINGS = {
    "add": 8,
    "change": 3,
    "rename": 6,
    "renumber": 2,
    "own": 3,
    "collect": 3,
    "tag": 4,
    "delete": 2,
    "look": 4,
    "flush": 3,
    "commit": 2,
    "roll_back": 1,
}


def failed(world, error):
    world.session.rollback()
    caught = [cls.__name__ for cls in type(error).__mro__]
    return next((name for name in ERRORS if name in caught), caught)


def run(seed):
    """Report what happens with one seed."""
    world = World(seed)
    told = []
    count = 0
    for number in range(STEPS):
        kind = world.choices(list(HAPPENINGS), list(HAPPENINGS.values()))[0]
        sent()
        try:
            what = getattr(world, kind)()
        except Exception as error:  # noqa: BLE001 - an error is a result here
            what = failed(world, error)
            # How far it has come before is nobody's promise.
            sent()
        count += sum(one.split()[0] not in ENDS for one in sent())
        if what is not None:
            told.append((number, kind, what, world.held(), world.known()))
            sent()
    report(f"{seed}", told)
    report(f"number of statements with seed {seed}", count)
    world.session.close()
    world.engine.dispose()


for seed in range(SEEDS):
    run(seed)
