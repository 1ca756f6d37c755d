"""Graphs of objects put together, changed, moved and taken apart at random, and flushed.

Each seed is a session of its own.  Compared are what each flush, commit and rollback gives or
raises, what the tables hold (by the objects' names: who gets which number is not promised), in
which state the objects are and what they have in memory, and that no more statements are sent.
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
SEEDS = 100
STEPS = 40
ERRORS = [
    "CircularDependencyError",
    "ObjectDeletedError",
    "StaleDataError",
    "FlushError",
    "IntegrityError",
    "PendingRollbackError",
    "InvalidRequestError",
    "AssertionError",
]
# What begins and ends transactions is sent when it suits.
ENDS = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")
Base = declarative_base()


class Team(Base):
    __tablename__ = "team"
    id = Column(Integer, primary_key=True)
    name = Column(String(20))
    size = Column(Integer)
    people = relationship("Person", back_populates="team", order_by="Person.name")


class Person(Base):
    __tablename__ = "person"
    id = Column(Integer, primary_key=True)
    kind = Column(String(20))
    name = Column(String(20))
    size = Column(Integer, default=3)
    team_id = Column(ForeignKey("team.id"))
    team = relationship("Team", back_populates="people")
    tags = relationship(
        "Tag", secondary="tagged", backref=backref("people", order_by="Person.name")
    )
    __mapper_args__ = {"polymorphic_on": kind, "polymorphic_identity": "person"}


class Engineer(Person):
    __tablename__ = "engineer"
    id = Column(ForeignKey("person.id"), primary_key=True)
    skill = Column(Integer)
    __mapper_args__ = {"polymorphic_identity": "engineer"}


class Manager(Person):
    __tablename__ = "manager"
    id = Column(ForeignKey("person.id"), primary_key=True)
    level = Column(Integer, server_default="7")
    __mapper_args__ = {"polymorphic_identity": "manager"}


class Tag(Base):
    __tablename__ = "tag"
    id = Column(Integer, primary_key=True)
    name = Column(String(20))
    size = Column(Integer)


Table(
    "tagged",
    Base.metadata,
    Column("person_id", ForeignKey("person.id"), primary_key=True),
    Column("tag_id", ForeignKey("tag.id"), primary_key=True),
)


class Folder(Base):
    __tablename__ = "folder"
    id = Column(Integer, primary_key=True)
    name = Column(String(20))
    size = Column(Integer)
    above_id = Column(ForeignKey("folder.id"))
    below = relationship(
        "Folder",
        cascade="all, delete-orphan",
        backref=backref("above", remote_side=[id]),
        order_by="Folder.name",
    )
    version = Column(Integer, nullable=False)
    files = relationship("File", cascade="all, delete-orphan", back_populates="folder")
    __mapper_args__ = {"version_id_col": version}


class File(Base):
    __tablename__ = "file"
    id = Column(Integer, primary_key=True)
    name = Column(String(20))
    size = Column(Integer)
    folder_id = Column(ForeignKey("folder.id"))
    folder = relationship("Folder", back_populates="files")


CLASSES = [Team, Person, Engineer, Manager, Tag, Folder, File]
COLUMNS = {
    Team: ["size"],
    Person: ["size"],
    Engineer: ["size", "skill"],
    Manager: ["size", "level"],
    Tag: ["size"],
    Folder: ["size"],
    File: ["size"],
}
# What the tables hold, without numbers.
HELD = {
    "team": "name, size from team order by name",
    "person": """p.name, p.kind, p.size, t.name, e.skill, m.level from person p
        left join team t on t.id = p.team_id left join engineer e on e.id = p.id
        left join manager m on m.id = p.id order by p.name""",
    "tag": "name, size from tag order by name",
    "tagged": """p.name, t.name from tagged left join person p on p.id = person_id
        left join tag t on t.id = tag_id order by p.name, t.name""",
    "folder": """f.name, f.size, f.version, a.name from folder f
        left join folder a on a.id = f.above_id order by f.name""",
    "file": """f.name, f.size, a.name from file f
        left join folder a on a.id = f.folder_id order by f.name""",
}


class World(random.Random):
    """One session, and all objects that were ever made for it."""

    def __init__(self, seed):
        super().__init__(seed)
        self.seed_number = seed
        self.engine = create_engine("sqlite://")

        @event.listens_for(self.engine, "connect")
        def keep_keys(connection, record):
            connection.execute("pragma foreign_keys = on")

        Base.metadata.create_all(self.engine)
        self.session = Session(self.engine)
        self.objects = []
        self.names = {}
        self.savepoints = []

    def made(self, *classes):
        found = [one for one in self.objects if isinstance(one, classes)]
        return self.choice(found) if found else None

    def usable(self, one):
        state = inspect(one)
        return (
            state.session is self.session and not state.deleted and one not in self.session.deleted
        )

    def there(self, *classes):
        """An object in the session."""
        found = [one for one in self.objects if isinstance(one, classes) and self.usable(one)]
        return self.choice(found) if found else None

    # -- what can happen ------------------------------------------------------------------

    def add(self):
        cls = self.choice(CLASSES)
        one = cls(name=f"{cls.__name__[0]}{len(self.objects):03}")
        for column in COLUMNS[cls]:
            if self.random() < 0.7:
                setattr(one, column, self.choice([None, 1, 2, 3]))
        self.names[one] = one.name
        self.objects.append(one)
        self.session.add(one)

    def change(self):
        one = self.there(*CLASSES)
        if one is not None:
            column = self.choice(COLUMNS[type(one)])
            setattr(one, column, self.choice([None, 1, 2, 3, 4]))

    def compute(self):
        one = self.there(Team, Tag, File)
        if one is not None and inspect(one).persistent:
            one.size = type(one).size + 1

    def join(self):
        person, team = self.there(Person), self.there(Team)
        if person is not None:
            person.team = self.choice([team, None])

    def collect(self):
        person, team = self.there(Person), self.there(Team)
        if person is not None and team is not None:
            if person in team.people:
                team.people.remove(person)
            else:
                team.people.append(person)

    def tag(self):
        person, tag = self.there(Person), self.there(Tag)
        if person is not None and tag is not None:
            mine, other = (person.tags, tag) if self.random() < 0.7 else (tag.people, person)
            if other in mine:
                mine.remove(other)
            else:
                mine.append(other)

    def retag(self):
        person = self.there(Person)
        if person is not None:
            found = [one for one in self.objects if isinstance(one, Tag) and self.usable(one)]
            person.tags = self.sample(found, min(len(found), 2))

    def move(self):
        """Put a folder below an older one, so that there are no circles.

        Flush first: what was put in and taken out again before it was written is an orphan there.
        """
        self.session.flush()
        folder, above = self.there(Folder), self.there(Folder)
        if folder is None or above is folder:
            return
        if folder.name < above.name:
            folder, above = above, folder
        how = self.randrange(3)
        if how == 0:
            folder.above = above
        elif how == 1 and folder not in above.below:
            above.below.append(folder)
        elif how == 2 and folder in above.below:
            above.below.remove(folder)

    def file(self):
        self.session.flush()
        file, folder = self.there(File), self.there(Folder)
        if file is not None and folder is not None:
            if file in folder.files:
                folder.files.remove(file)
            elif self.random() < 0.5:
                folder.files.append(file)
            else:
                file.folder = folder

    def delete(self):
        """Flush first: the other library forgets for one flush to delete what was just added."""
        one = self.there(*CLASSES)
        if one is not None and inspect(one).persistent:
            self.session.flush()
            self.session.delete(one)

    def forget(self):
        one = self.there(*CLASSES)
        if one is not None and inspect(one).persistent:
            self.session.expire(one)

    def load(self):
        one = self.there(*CLASSES)
        if one is not None and inspect(one).persistent:
            with self.session.no_autoflush:
                self.session.refresh(one)

    def flush(self):
        self.session.flush()
        return True

    def commit(self):
        if self.savepoints:
            self.savepoints.pop().commit()
        else:
            self.session.commit()
        return True

    def roll_back(self):
        if self.savepoints:
            self.savepoints.pop().rollback()
        else:
            self.session.rollback()
        return True

    def begin_nested(self):
        if len(self.savepoints) < 2:
            # The other library has a transaction begin with the first row that is written.
            self.session.execute(text("delete from team where id < 0"))
            self.savepoints.append(self.session.begin_nested())
        return True

    # -- what is reported -----------------------------------------------------------------

    def held(self):
        with self.session.no_autoflush:
            return {
                table: [tuple(row) for row in self.session.execute(text("select " + statement))]
                for table, statement in HELD.items()
            }

    def states(self):
        found = []
        for one in self.objects:
            state = inspect(one)
            names = ["transient", "pending", "persistent", "deleted", "detached"]
            found.append((self.names[one], [n for n in names if getattr(state, n)]))
        return found

    def remembered(self):
        """What persistent objects answer, loaded if need be."""
        found = []
        with self.session.no_autoflush:
            for one in self.objects:
                if inspect(one).persistent and one not in self.session.deleted:
                    name = one.name
                    related = [getattr(one, column) for column in COLUMNS[type(one)]]
                    if isinstance(one, Team):
                        related.append(sorted(other.name for other in one.people))
                    if isinstance(one, Person):
                        related.append(one.team.name if one.team else None)
                        related.append(sorted(other.name for other in one.tags))
                    if isinstance(one, Folder):
                        related.append(one.above.name if one.above else None)
                        related.append(sorted(other.name for other in one.below))
                        related.append(sorted(other.name for other in one.files))
                    found.append((name, related))
        return found


HAPPENINGS = {
    "add": 8,
    "change": 5,
    "compute": 1,
    "join": 4,
    "collect": 3,
    "tag": 4,
    "retag": 1,
    "move": 4,
    "file": 4,
    "delete": 3,
    "forget": 1,
    "load": 1,
    "flush": 3,
    "commit": 2,
    "roll_back": 1,
    "begin_nested": 1,
}


def failed(world, error):
    world.savepoints.clear()
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
            told.append((number, kind, what, world.held(), world.states()))
            sent()
        if kind == "commit":
            told.append(world.remembered())
    try:
        world.commit()
        world.savepoints.clear()
        world.session.commit()
    except Exception as error:  # noqa: BLE001 - an error is a result here
        told.append(failed(world, error))
    report(f"{seed}", told)
    report(f"{seed}, in the end", (world.held(), world.states(), world.remembered()))
    report(f"number of statements with seed {seed}", count)
    world.session.close()
    world.engine.dispose()


for seed in range(SEEDS):
    run(seed)
