"""Random graphs of objects, changed, flushed, rolled back and expired, against plain Python.

The model is what the database must hold: rows as dictionaries.  What is not flushed yet is in
the model of the session; a rollback goes back to the last commit, a savepoint to where it was set.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.orm.session.family import Base, Child, Parent, Word
from toolkit import Engine, delete, select, text, update
from toolkit.exc import IntegrityError
from toolkit.orm import Session

NUMBERS = st.integers(0, 7)


class Model:
    """The parents and children that there should be, and the words of each parent."""

    def __init__(self) -> None:
        # Object → its name.
        self.parents: dict[Any, str | None] = {}
        # Object → its name and parent.
        self.children: dict[Any, tuple[str | None, Any]] = {}
        self.words: dict[Any, set[Any]] = {}

    def copied(self) -> Model:
        made = Model()
        made.parents = dict(self.parents)
        made.children = dict(self.children)
        made.words = {parent: set(words) for parent, words in self.words.items()}
        return made


class SessionMachine(RuleBasedStateMachine):
    # That of the test.
    engine: Engine

    def __init__(self) -> None:
        super().__init__()
        with self.engine.begin() as connection:
            for table in reversed(Base.metadata.sorted_tables):
                connection.execute(delete(table))
        self.session = Session(self.engine)
        self.vocabulary = [Word(text=str(number)) for number in range(3)]
        self.session.add_all(self.vocabulary)
        self.session.commit()
        self.model = Model()
        self.committed = Model()
        self.savepoints: list[tuple[Any, Model]] = []
        self.count = 0

    def teardown(self) -> None:
        self.session.close()

    def one_of(self, found: dict[Any, Any], number: int) -> Any:
        return list(found)[number % len(found)]

    def new_name(self) -> str:
        self.count += 1
        return f"n{self.count}"

    @rule(size=st.integers(0, 3))
    def add_parent(self, size: int) -> None:
        children = [Child(name=self.new_name()) for _ in range(size)]
        parent = Parent(name=self.new_name(), children=children)
        self.session.add(parent)
        self.model.parents[parent] = parent.name
        self.model.words[parent] = set()
        for child in children:
            self.model.children[child] = (child.name, parent)

    @precondition(lambda self: self.model.parents)
    @rule(number=NUMBERS)
    def append_child(self, number: int) -> None:
        parent = self.one_of(self.model.parents, number)
        child = Child(name=self.new_name())
        parent.children.append(child)
        self.model.children[child] = (child.name, parent)

    @precondition(lambda self: self.model.parents)
    @rule(number=NUMBERS)
    def add_child_by_its_side(self, number: int) -> None:
        parent = self.one_of(self.model.parents, number)
        child = Child(name=self.new_name(), parent=parent)
        self.session.add(child)
        self.model.children[child] = (child.name, parent)

    @precondition(lambda self: self.model.parents)
    @rule(number=NUMBERS)
    def rename_parent(self, number: int) -> None:
        parent = self.one_of(self.model.parents, number)
        parent.name = self.model.parents[parent] = self.new_name()

    @precondition(lambda self: self.model.children)
    @rule(number=NUMBERS)
    def rename_child(self, number: int) -> None:
        child = self.one_of(self.model.children, number)
        child.name = self.new_name()
        self.model.children[child] = (child.name, self.model.children[child][1])

    @precondition(lambda self: self.model.children)
    @rule(number=NUMBERS, where=NUMBERS, by_parent=st.booleans())
    def move_child(self, number: int, where: int, by_parent: bool) -> None:
        child = self.one_of(self.model.children, number)
        parent = self.one_of(self.model.parents, where)
        if by_parent:
            child.parent = parent
        elif child not in parent.children:
            parent.children.append(child)
        # A new child that leaves its only parent leaves the session, and is not taken along back.
        self.session.add(child)
        self.model.children[child] = (self.model.children[child][0], parent)

    @precondition(lambda self: self.model.children)
    @rule(number=NUMBERS)
    def remove_child(self, number: int) -> None:
        child = self.one_of(self.model.children, number)
        self.model.children[child][1].children.remove(child)
        del self.model.children[child]

    @precondition(lambda self: self.model.parents)
    @rule(number=NUMBERS, word=st.integers(0, 2))
    def change_words(self, number: int, word: int) -> None:
        parent = self.one_of(self.model.parents, number)
        chosen = self.vocabulary[word]
        if chosen in self.model.words[parent]:
            parent.words.remove(chosen)
            self.model.words[parent].remove(chosen)
        else:
            parent.words.append(chosen)
            self.model.words[parent].add(chosen)

    @precondition(lambda self: self.model.parents)
    @rule(number=NUMBERS)
    def delete_parent(self, number: int) -> None:
        parent = self.one_of(self.model.parents, number)
        self.session.flush()
        self.session.delete(parent)
        # Children that are taken to another parent before the flush would go, too.
        self.session.flush()
        del self.model.parents[parent], self.model.words[parent]
        for child, (_, owner) in list(self.model.children.items()):
            if owner is parent:
                del self.model.children[child]

    @precondition(lambda self: self.model.children)
    @rule(number=NUMBERS)
    def delete_child(self, number: int) -> None:
        child = self.one_of(self.model.children, number)
        self.session.flush()
        self.session.delete(child)
        self.session.flush()
        self.session.expire(self.model.children[child][1])
        del self.model.children[child]

    @rule()
    def flush(self) -> None:
        self.session.flush()

    @rule()
    def expire(self) -> None:
        self.session.flush()
        self.session.expire_all()

    @precondition(lambda self: self.model.parents)
    @rule(number=NUMBERS, at_once=st.booleans())
    def load_one_anew(self, number: int, at_once: bool) -> None:
        self.session.flush()
        parent = self.one_of(self.model.parents, number)
        if at_once:
            self.session.refresh(parent)
        else:
            self.session.expire(parent)

    @precondition(lambda self: self.model.parents)
    @rule(number=NUMBERS)
    def rename_by_statement(self, number: int) -> None:
        parent = self.one_of(self.model.parents, number)
        self.session.flush()
        name = self.model.parents[parent] = self.new_name()
        self.session.execute(update(Parent).where(Parent.id == parent.id).values(name=name))

    @precondition(lambda self: self.model.parents)
    @rule(number=NUMBERS)
    def merge_a_copy(self, number: int) -> None:
        parent = self.one_of(self.model.parents, number)
        self.session.flush()
        name = self.model.parents[parent] = self.new_name()
        assert self.session.merge(Parent(id=parent.id, name=name)) is parent

    @precondition(lambda self: self.model.parents)
    @rule(number=NUMBERS)
    def fail(self, number: int) -> None:
        """Fail in a flush: the rollback takes back to the last savepoint, or the last commit."""
        parent = self.one_of(self.model.parents, number)
        self.session.flush()
        self.session.add(Parent(name=self.model.parents[parent]))
        parent.name = self.new_name()
        self.session.add(Parent(name=parent.name))
        with pytest.raises(IntegrityError):
            self.session.flush()
        if self.savepoints:
            savepoint, self.model = self.savepoints.pop()
            savepoint.rollback()
        else:
            self.rollback()

    @rule()
    def commit(self) -> None:
        self.session.commit()
        self.committed = self.model.copied()
        self.savepoints.clear()

    @rule()
    def rollback(self) -> None:
        self.session.rollback()
        self.model = self.committed.copied()
        self.savepoints.clear()

    @rule()
    def set_savepoint(self) -> None:
        self.savepoints.append((self.session.begin_nested(), self.model.copied()))

    @precondition(lambda self: self.savepoints)
    @rule(released=st.booleans())
    def end_savepoint(self, released: bool) -> None:
        savepoint, model = self.savepoints.pop()
        if released:
            savepoint.commit()
        else:
            savepoint.rollback()
            self.model = model

    @invariant()
    def objects_are_as_the_model_says(self) -> None:
        with self.session.no_autoflush:
            for parent, name in self.model.parents.items():
                assert parent.name == name
                mine = {
                    child for child, (_, owner) in self.model.children.items() if owner is parent
                }
                assert set(parent.children) == mine
                assert set(parent.words) == self.model.words[parent]
            for child, (name, parent) in self.model.children.items():
                assert (child.name, child.parent) == (name, parent)

    @rule()
    def rows_are_as_the_model_says(self) -> None:
        parents = self.session.execute(select(Parent.id, Parent.name)).all()
        assert sorted(map(tuple, parents)) == sorted(
            (parent.id, name) for parent, name in self.model.parents.items()
        )
        rows = self.session.execute(select(Child.id, Child.name, Child.parent_id)).all()
        assert sorted(map(tuple, rows)) == sorted(
            (child.id, name, owner.id) for child, (name, owner) in self.model.children.items()
        )
        rows = self.session.execute(text("select parent_id, word_id from of_between")).all()
        assert sorted(map(tuple, rows)) == sorted(
            (parent.id, word.id) for parent, words in self.model.words.items() for word in words
        )


@pytest.mark.backend("sqlite", "postgresql-18", "mysql-9")
def test_objects_and_rows_are_as_the_model_says(engine: Engine) -> None:
    machine = type("Machine", (SessionMachine,), {"engine": engine})
    here = engine.dialect.name == "sqlite"
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=60 if here else 8,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
