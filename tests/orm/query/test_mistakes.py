"""Mistakes in statements about classes: refused by name, with a cure, before anything is sent."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.orm.shop import Chief, Mail, Order, Part, Person, counted
from toolkit import delete, exc, func, insert, select, union, update
from toolkit.orm import (
    Session,
    aliased,
    contains_eager,
    defer,
    joinedload,
    load_only,
    selectinload,
    with_parent,
)
from toolkit.orm import exc as orm_exc

pytestmark = pytest.mark.backend("sqlite")

Ask = Callable[[Session, Any], object]
Mistake = tuple[str, Ask, type[BaseException], str]


def said(make: Callable[[Any], Any]) -> Ask:
    """A statement with an object in it, executed."""
    return lambda session, one: session.execute(make(one)).all()


VALUES: list[Mistake] = [
    (
        "== list",
        said(lambda _: select(Person).where(Person.id == [1, 2])),
        exc.ArgumentError,
        r"Person\.id has one value.*in_\(\[1, 2\]\)",
    ),
    (
        "!= tuple",
        said(lambda _: select(Person).where(Person.name != ("a", "b"))),
        exc.ArgumentError,
        r"Person\.name has one value.*a tuple",
    ),
    (
        "== object",
        said(lambda one: select(Mail).where(Mail.person_id == one)),
        exc.ArgumentError,
        "literal value expected.*Person.*such as its key",
    ),
    (
        "in_ objects",
        said(lambda one: select(Mail).where(Mail.person_id.in_([one]))),
        exc.ArgumentError,
        "literal value expected.*Person",
    ),
    (
        "in_ one",
        said(lambda _: select(Person).where(Person.id.in_(1))),
        exc.ArgumentError,
        "IN expression list",
    ),
    (
        "in_ text",
        said(lambda _: select(Person).where(Person.name.in_("abc"))),
        exc.ArgumentError,
        "IN expression list",
    ),
    (
        "count(class)",
        said(lambda _: select(func.count(Person))),
        exc.ArgumentError,
        "got <class.*Person.*a column of it",
    ),
    (
        "relationship == key",
        said(lambda _: select(Mail).where(Mail.person == 1)),
        exc.ArgumentError,
        "Mapped instance expected",
    ),
    (
        "relationship == other class",
        said(lambda one: select(Part).where(Part.above == one)),
        exc.ArgumentError,
        r"Part\.above.*Person.*an object of Part",
    ),
    (
        "collection == object",
        said(lambda _: select(Person).where(Person.mails == Mail())),
        exc.InvalidRequestError,
        r"Person\.mails\.contains",
    ),
    (
        "has() of many",
        said(lambda _: select(Person).where(Person.mails.has())),
        exc.InvalidRequestError,
        r"any\(\)",
    ),
    (
        "any(misspelt=)",
        said(lambda _: select(Person).where(Person.mails.any(txt="a"))),
        AttributeError,
        r"'Mail' has no attribute 'txt'; did you mean Mail\.text",
    ),
    (
        "relationship.column",
        said(lambda _: select(Person).where(Person.mails.text == "a")),
        AttributeError,
        r"Person\.mails has an attribute 'text'.*any\(Mail\.text",
    ),
    (
        "other.relationship.column",
        said(lambda _: select(Mail).where(Mail.person.name == "a")),
        AttributeError,
        r"Mail\.person has an attribute 'name'.*has\(Person\.name",
    ),
    (
        "with_parent of another",
        said(lambda _: select(Mail).where(with_parent(Mail(), Person.mails))),
        exc.ArgumentError,
        r"Person\.mails.*Mail.*an object of Person",
    ),
]

CLAUSES: list[Mistake] = [
    (
        "where(list)",
        said(lambda _: select(Person).where([Person.id == 1])),
        exc.ArgumentError,
        r"WHERE.*where\(\*conditions\)",
    ),
    (
        "where(object)",
        said(lambda one: select(Person).where(one)),
        exc.ArgumentError,
        r"WHERE.*compare a column",
    ),
    (
        "where(text)",
        said(lambda _: select(Person).where("id = 1")),
        exc.ArgumentError,
        r"text\('id = 1'\)",
    ),
    (
        "delete where(list)",
        said(lambda _: delete(Person).where([Person.id == 1])),
        exc.ArgumentError,
        r"where\(\*conditions\)",
    ),
    (
        "select(list)",
        said(lambda _: select([Person.id])),
        exc.ArgumentError,
        "Did you mean to say select",
    ),
    ("select(object)", said(select), exc.ArgumentError, "Column expression"),
    (
        "filter_by(misspelt)",
        said(lambda _: select(Person).filter_by(nam="a")),
        exc.InvalidRequestError,
        "Person.*'name'",
    ),
    (
        "order_by(nonsense)",
        said(lambda _: select(Person).order_by("nonsense")),
        exc.CompileError,
        "it selects id, name",
    ),
    (
        "order_by(object)",
        said(lambda one: select(Person).order_by(one)),
        exc.ArgumentError,
        "ORDER BY expression",
    ),
    (
        "join without a way",
        said(lambda _: select(Part).join(Person)),
        exc.InvalidRequestError,
        "Don't know how to join.*no foreign key",
    ),
    (
        "join(text)",
        said(lambda _: select(Person).join("mails")),
        exc.ArgumentError,
        "Join target",
    ),
    (
        "join(list)",
        said(lambda _: select(Person).join([Mail])),
        exc.ArgumentError,
        "Join target",
    ),
    ("join(object)", said(lambda one: select(Mail).join(one)), exc.ArgumentError, "Join target"),
    (
        "of_type(stranger)",
        said(lambda _: select(Person).join(Person.mails.of_type(Part))),
        exc.InvalidRequestError,
        "it leads to Mail",
    ),
    (
        "union of unlike",
        said(lambda _: union(select(Person.id), select(Mail.id, Mail.text))),
        exc.CompileError,
        "identical numbers of columns",
    ),
    (
        "alias without the key",
        said(lambda _: select(aliased(Person, select(Person.name).subquery()))),
        exc.NoSuchColumnError,
        r"Person\.id as well",
    ),
]

OPTIONS: list[Mistake] = [
    ("an attribute", said(lambda _: select(Person).options(Person.mails)), exc.ArgumentError,
     r"selectinload\(Person\.mails\)"),
    ("text", said(lambda _: select(Person).options(joinedload("mails"))), exc.ArgumentError,
     r"Strings are not accepted.*Class\.mails"),
    ("a text column", said(lambda _: select(Person).options(defer("name"))), exc.ArgumentError,
     r"Class\.name"),
    ("another class's", said(lambda _: select(Person).options(joinedload(Mail.person))),
     exc.ArgumentError, r"joinedload\(Mail\.person\) does not apply.*Person"),
    ("a column for a relationship",
     said(lambda _: select(Person).options(selectinload(Person.name))),
     orm_exc.LoaderStrategyException, r"Person\.name.*load_only\(\)"),
    ("a relationship for a column", said(lambda _: select(Person).options(load_only(Person.mails))),
     orm_exc.LoaderStrategyException, r"Person\.mails.*lazyload\(\)"),
    ("a chain that breaks",
     said(lambda _: select(Person).options(joinedload(Person.mails).joinedload(Person.orders))),
     exc.ArgumentError, r"Person\.orders.*does not link.*Person\.mails leads to Mail"),
    ("a class", said(lambda _: select(Person).options(contains_eager(Mail))), exc.ArgumentError,
     r"Class\.attribute"),
]  # fmt: skip

WRITING: list[Mistake] = [
    ("update(misspelt)", lambda s, _: s.execute(update(Person).values(nam="x")),
     exc.CompileError, "nam.*'name'"),
    ("update(relationship)", lambda s, _: s.execute(update(Person).values(mails=[])),
     exc.CompileError, "mails.*the columns"),
    ("update(object)", lambda s, one: s.execute(update(one).values(name="x")),
     exc.ArgumentError, "subject table"),
    ("a value that is an object", lambda s, one: s.execute(update(Mail).values(person_id=one)),
     exc.ArgumentError, "literal value expected.*Person"),
    ("an inserted value that is one", lambda s, one: s.execute(insert(Mail).values(person_id=one)),
     exc.ArgumentError, "literal value expected.*Person"),
    ("rows that are objects", lambda s, one: s.execute(insert(Person), [one]),
     exc.ArgumentError, r"rows of Person are dictionaries.*add_all"),
    ("rows that are tuples", lambda s, _: s.execute(insert(Person), [(1, "x")]),
     exc.ArgumentError, "rows of Person are dictionaries.*'id'"),
    ("rows by key that are tuples", lambda s, _: s.execute(update(Person), [(1, "x")]),
     exc.ArgumentError, "rows of Person are dictionaries"),
    ("rows without a key", lambda s, _: s.execute(update(Person), [{"name": "x"}]),
     exc.InvalidRequestError, r"shop_person\.id"),
    ("a way that is none", lambda s, _: s.execute(
        update(Person).values(name="x"), execution_options={"synchronize_session": "fetchh"}),
     exc.ArgumentError, "fetchh"),
    ("delete(list)", lambda s, _: s.execute(delete([Person])),
     exc.ArgumentError, "subject table"),
    ("Query.update(text)", lambda s, _: s.query(Person).update("name"),
     exc.ArgumentError, r"a dictionary of values, got 'name'"),
    ("Query.update() of a limit", lambda s, _: s.query(Person).limit(1).update({"name": "x"}),
     exc.InvalidRequestError, r"limit\(\).*subquery"),
]  # fmt: skip

ASKING: list[Mistake] = [
    ("get() of one part", lambda s, _: s.get(Person, (1, 2)), exc.InvalidRequestError,
     r"shop_person\.id"),
    ("get(object)", lambda s, one: s.get(one, 1), exc.ArgumentError, "Expected mapped class"),
    ("get(text)", lambda s, _: s.get("Person", 1), exc.ArgumentError, "Expected mapped class"),
    ("get(misspelt)", lambda s, _: s.get(Person, {"idd": 1}), exc.InvalidRequestError, "'id'"),
    ("add(list)", lambda s, one: s.add([one]), orm_exc.UnmappedInstanceError, r"add_all\(\)"),
    ("add(dict)", lambda s, _: s.add({"name": "x"}), orm_exc.UnmappedInstanceError,
     r"Class\(\*\*values\)"),
    ("add(class)", lambda s, _: s.add(Chief), orm_exc.UnmappedInstanceError, "an instance of it"),
    ("delete(query)", lambda s, _: s.delete(s.query(Order)), orm_exc.UnmappedInstanceError,
     r"its delete\(\)"),
    ("execute(class)", lambda s, _: s.execute(Person), exc.ObjectNotExecutableError,
     r"select\(Person\)"),
    ("execute(query)", lambda s, _: s.execute(s.query(Person)), exc.ObjectNotExecutableError,
     r"query\.statement"),
    ("refresh(text)", lambda s, one: s.refresh(one, "name"), exc.ArgumentError, r"\['name'\]"),
    ("refresh(misspelt)", lambda s, one: s.refresh(one, ["nam"]), exc.InvalidRequestError,
     r"Person\.name"),
]  # fmt: skip

EVERY = [*VALUES, *CLAUSES, *OPTIONS, *WRITING, *ASKING]


@pytest.mark.parametrize(
    ("ask", "kind", "words"), [one[1:] for one in EVERY], ids=[one[0] for one in EVERY]
)
def test_a_mistake_is_refused_before_anything_is_sent(
    session: Session, ask: Ask, kind: type[BaseException], words: str
) -> None:
    one = session.get(Person, 1)
    with counted(session.get_bind()) as sent, pytest.raises(kind) as caught:
        ask(session, one)
    assert re.search(words, str(caught.value), re.DOTALL), str(caught.value)
    assert not sent
    # Nothing is left of it.
    assert session.scalars(select(Person.name).order_by(Person.id)).first() == "p1"


def test_names_of_rows_that_are_no_attributes_are_told(session: Session) -> None:
    with pytest.warns(exc.SAWarning, match=r"Class Person.*'nam'.*did you mean Person\.name"):
        session.execute(update(Person), [{"id": 1, "name": "x", "nam": "y"}])
    session.rollback()
