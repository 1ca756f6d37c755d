"""The counting, held against a model that is too simple to be wrong."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from toolkit_core.pool.state import UNCOUNTED, PoolState


class Bookkeeping(RuleBasedStateMachine):
    """People take, wait, give back, give up; every step is settled, as the pools do.

    The model: who holds what, who waits in which order, which entries rest in the pool.
    """

    @initialize(
        size=st.integers(1, 3),
        overflow=st.integers(0, 2),
        lifo=st.booleans(),
    )
    def start(self, size: int, overflow: int, lifo: bool) -> None:
        self.size, self.limit, self.lifo = size, size + overflow, lifo
        self.state: PoolState[str, str] = PoolState(size, overflow, lifo=lifo)
        self.held: dict[str, str] = {}
        self.resting: list[str] = []
        self.queue: list[str] = []
        self.closed: list[str] = []
        self.made = self.people = 0

    def person(self) -> str:
        self.people += 1
        return f"person {self.people}"

    def settle(self) -> None:
        served, dropped = self.state.settle()
        for who, handed in served:
            assert who == self.queue.pop(0), "served in the order of arrival"
            if handed is None:
                self.made += 1
                self.held[who] = f"entry {self.made}"
            else:
                self.resting.remove(handed)
                self.held[who] = handed
        for entry in dropped:
            self.resting.remove(entry)
            self.closed.append(entry)

    @rule()
    def come(self) -> None:
        who = self.person()
        entry = self.state.take()
        if entry is not None:
            assert not self.queue, "nobody overtakes those who wait"
            assert entry == (self.resting[-1] if self.lifo else self.resting[0])
            self.resting.remove(entry)
            self.held[who] = entry
            return
        assert self.queue or not self.resting
        self.queue.append(who)
        self.state.arrive(who)
        self.settle()

    @precondition(lambda self: self.held)
    @rule(data=st.data())
    def return_one(self, data: st.DataObject) -> None:
        who = data.draw(st.sampled_from(sorted(self.held)))
        entry = self.held.pop(who)
        self.resting.append(entry)
        needs_settling = self.state.give(entry)
        assert needs_settling == bool(self.queue or len(self.resting) > self.size)
        if needs_settling:
            self.settle()

    @precondition(lambda self: self.held)
    @rule(data=st.data())
    def lose_one(self, data: st.DataObject) -> None:
        del self.held[data.draw(st.sampled_from(sorted(self.held)))]
        self.state.leave()
        self.settle()

    @precondition(lambda self: self.queue)
    @rule(data=st.data())
    def give_up_waiting(self, data: st.DataObject) -> None:
        who = data.draw(st.sampled_from(self.queue))
        assert self.state.withdraw(who)
        self.queue.remove(who)
        self.settle()
        assert not self.state.withdraw(who)

    @rule()
    def dispose(self) -> None:
        idle, waiters = self.state.shut()
        assert sorted(idle) == sorted(self.resting)
        assert waiters == self.queue
        for entry in self.held.values():
            assert self.state.give(entry), "what returns to a closed state is not kept"
        assert sorted(self.state.settle()[1]) == sorted(self.held.values())
        assert self.state.total == 0
        self.held.clear()
        self.resting.clear()
        self.queue.clear()
        self.state = PoolState(self.size, self.limit - self.size, lifo=self.lifo)

    @invariant()
    def the_counts_are_right(self) -> None:
        if hasattr(self, "state"):
            assert self.state.counts() == (len(self.resting), len(self.held))
            assert self.state.total == len(self.resting) + len(self.held)

    @invariant()
    def never_more_than_the_limit(self) -> None:
        if hasattr(self, "state"):
            assert self.state.total <= self.limit
            assert len(self.resting) <= self.size

    @invariant()
    def nobody_starves(self) -> None:
        if hasattr(self, "state") and self.queue:
            assert not self.resting
            assert len(self.held) == self.limit

    def teardown(self) -> None:
        if not hasattr(self, "state"):
            return
        for _ in range(len(self.queue) + 1):
            for who, entry in list(self.held.items()):
                del self.held[who]
                self.resting.append(entry)
                if self.state.give(entry):
                    self.settle()
        assert not self.queue
        assert self.state.counts() == (len(self.resting), 0)


TestBookkeeping: Any = Bookkeeping.TestCase


def test_size_zero_and_overflow_minus_one_are_no_limits() -> None:
    for size, overflow, kept in ((0, 10, 50), (2, -1, 2)):
        state: PoolState[int, int] = PoolState(size, overflow)
        for person in range(50):
            state.arrive(person)
        assert len(state.settle()[0]) == 50
        for entry in range(50):
            if state.give(entry):
                state.settle()
        assert state.counts() == (kept, 0)


def test_what_is_not_counted_is_left_to_the_pool() -> None:
    assert UNCOUNTED.give(object())


def test_a_waiter_that_comes_between_look_and_gift_is_served() -> None:
    """What a giver of the lock-free path sees, whichever of the two is first."""
    state: PoolState[str, str] = PoolState(1, 0)
    state.arrive("holder")
    state.settle()
    state.arrive("waiter")
    assert state.settle() == ([], [])
    assert state.give("entry")
    assert state.take() is None, "a newcomer leaves it to the waiter"
    assert state.settle() == ([("waiter", "entry")], [])


def test_a_waiter_that_left_loses_nobody_a_connection() -> None:
    state: PoolState[str, str] = PoolState(1, 0)
    state.arrive("holder")
    state.settle()
    state.arrive("waiter")
    state.give("entry")
    state.withdraw("waiter")
    assert state.settle() == ([], [])
    assert state.take() == "entry"
