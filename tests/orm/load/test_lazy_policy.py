"""A session that watches for one query after another where one would do."""

from __future__ import annotations

import pytest

from tests.orm.shop import Mail, Person, counted
from toolkit import Engine, select
from toolkit.exc import ArgumentError, InvalidRequestError
from toolkit.orm import (
    LazyLoadWarning,
    Session,
    defaultload,
    lazyload,
    selectinload,
    with_loader_criteria,
)

HERE = "test_lazy_policy.py"


def touched(session: Session) -> list[int]:
    found = session.scalars(select(Person).order_by(Person.id)).all()
    return [len(one.mails) for one in found]


def test_without_a_policy_nothing_is_said(filled: Engine) -> None:
    with Session(filled) as session, counted(filled) as sent:
        assert touched(session) == [0, 2, 3]
    assert len(sent) == 4


def test_warn_names_attribute_lines_and_cure(filled: Engine) -> None:
    with Session(filled, lazy_policy="warn") as session, pytest.warns(LazyLoadWarning) as caught:
        assert touched(session) == [0, 2, 3]
    (warning,) = caught
    told = str(warning.message)
    assert "'Person.mails'" in told
    assert "3 objects" in told
    assert told.count(HERE) == 2
    assert ".options(selectinload(Person.mails))" in told


def test_batch_loads_for_all_of_them(filled: Engine) -> None:
    with Session(filled, lazy_policy="batch") as session, counted(filled) as sent:
        assert touched(session) == [0, 2, 3]
        mails = session.scalars(select(Mail)).all()
        assert {mail.person and mail.person.id for mail in mails} == {2, 3}
    # The persons, all their mails; the mails, all their persons, which had gone meanwhile.
    assert len(sent) == 4


def test_objects_that_are_read_one_by_one_came_together_as_well(filled: Engine) -> None:
    with Session(filled, lazy_policy="batch") as session, counted(filled) as sent:
        people = session.scalars(select(Person))
        found = [len(order.items) for one in people for order in one.orders]
    assert sorted(found) == [0, 1, 2, 2]
    assert len(sent) == 3


def test_batch_loads_as_the_statement_has_said(filled: Engine) -> None:
    criteria = with_loader_criteria(Mail, Mail.text != "m30")
    of_path = lazyload(Person.mails.and_(Mail.text != "m31"))
    below = defaultload(Person.mails).load_only(Mail.text)
    for options in ((criteria,), (of_path,), (below,)):
        with Session(filled, lazy_policy="batch") as session, counted(filled) as sent:
            found = session.scalars(select(Person).options(*options).order_by(Person.id)).all()
            counts = [len(one.mails) for one in found]
            assert counts == ([0, 2, 3] if options == (below,) else [0, 2, 2])
            assert len(sent) == 2
            assert ("person_id" in vars(found[2].mails[0])) is (options != (below,))


def test_raise_refuses_the_first(filled: Engine) -> None:
    with (
        Session(filled, lazy_policy="raise") as session,
        pytest.raises(InvalidRequestError, match=r"'Person\.mails'") as caught,
    ):
        touched(session)
    assert ".options(selectinload(Person.mails))" in str(caught.value)


@pytest.mark.parametrize("policy", ["warn", "batch", "raise"])
def test_one_object_alone_may_load_as_it_likes(
    filled: Engine, policy: str, recwarn: pytest.WarningsRecorder
) -> None:
    with Session(filled, lazy_policy=policy) as session:
        assert len(session.scalars(select(Person).where(Person.id == 3)).one().mails) == 3
        found = session.scalars(select(Person).options(selectinload(Person.mails))).all()
        assert [len(one.mails) for one in found] == [0, 2, 3]
    assert not recwarn.list


def test_an_unknown_policy_is_refused() -> None:
    with pytest.raises(ArgumentError, match="'warn', 'batch', 'raise'"):
        Session(lazy_policy="loud")
