"""``listen``, ``listens_for``, ``remove``, ``contains``: what they promise for every event."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from toolkit import Dialect, Engine, Pool, create_engine, event, exc, text
from toolkit_core.events import ConnectionEvents, Dispatch, Events, add_resolver


class KettleEvents(Events):
    returning = frozenset({"filled"})
    formerly = {"boiled": ("2.0", ("kettle", "degrees"))}  # noqa: RUF012 - as a family declares it

    def boiled(self, kettle: Any, degrees: int, scale: str) -> None: ...

    def filled(self, kettle: Any, litres: int) -> Any: ...


class Kettle:
    event_families = (KettleEvents,)

    def __init__(self) -> None:
        self.dispatch = Dispatch.for_target(self)

    def boil(self) -> None:
        for heard in self.dispatch.boiled:
            heard(self, 100, "C")

    def fill(self, litres: int) -> int:
        for heard in self.dispatch.filled:
            changed = heard(self, litres)
            litres = litres if changed is None else changed
        return litres


class Samovar(Kettle):
    pass


@pytest.fixture
def kettle() -> Kettle:
    return Kettle()


@pytest.fixture
def on_class() -> Iterator[list[tuple[type, str, Any]]]:
    """Listeners to classes, which are taken away after the test."""
    listening: list[tuple[type, str, Any]] = []
    yield listening
    for target, name, fn in listening:
        event.remove(target, name, fn)


def test_a_listener_receives_the_arguments_by_position(kettle: Kettle) -> None:
    heard: list[Any] = []
    event.listen(kettle, "boiled", lambda *values: heard.append(values))
    kettle.boil()
    assert heard == [(kettle, 100, "C")]


def test_named_passes_all_arguments_by_keyword(kettle: Kettle) -> None:
    heard: list[Any] = []

    @event.listens_for(kettle, "boiled", named=True)
    def some(degrees: int, **others: Any) -> None:
        heard.append((degrees, sorted(others)))

    kettle.boil()
    assert heard == [(100, ["kettle", "scale"])]


def test_what_a_listener_returns_counts_with_retval_only(kettle: Kettle) -> None:
    event.listen(kettle, "filled", lambda kettle, litres: 99)
    assert kettle.fill(1) == 1
    event.listen(kettle, "filled", lambda kettle, litres: litres * 2, retval=True)
    assert kettle.fill(1) == 2
    event.listen(kettle, "filled", lambda litres, **_: litres + 5, retval=True, named=True)
    assert kettle.fill(1) == 7


def test_once_is_once_among_many_threads(kettle: Kettle) -> None:
    heard: list[int] = []
    event.listen(kettle, "boiled", lambda *_: heard.append(1), once=True)
    start = threading.Barrier(8)

    def boil() -> None:
        start.wait()
        kettle.boil()

    threads = [threading.Thread(target=boil) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert heard == [1]


def test_insert_puts_a_listener_before_the_others(kettle: Kettle) -> None:
    heard: list[str] = []
    event.listen(kettle, "boiled", lambda *_: heard.append("a"))
    event.listen(kettle, "boiled", lambda *_: heard.append("b"), insert=True)
    kettle.boil()
    assert heard == ["b", "a"]


def test_a_function_listens_once_however_often_it_is_told(kettle: Kettle) -> None:
    heard: list[int] = []

    def listener(*_: Any) -> None:
        heard.append(1)

    for _ in range(2):
        event.listen(kettle, "boiled", listener)
    kettle.boil()
    assert heard == [1]
    event.remove(kettle, "boiled", listener)
    kettle.boil()
    assert heard == [1]


def test_a_method_may_listen_and_be_removed(kettle: Kettle) -> None:
    class Cook:
        heard = 0

        def listen(self, *_: Any) -> None:
            self.heard += 1

    cook, other = Cook(), Cook()
    event.listen(kettle, "boiled", cook.listen)
    event.listen(kettle, "boiled", other.listen)
    event.remove(kettle, "boiled", cook.listen)
    kettle.boil()
    assert (cook.heard, other.heard) == (0, 1)


def test_a_listener_may_be_removed_however_it_was_wrapped(kettle: Kettle) -> None:
    heard: list[int] = []

    def listener(**_: Any) -> None:
        heard.append(1)

    event.listen(kettle, "filled", listener, named=True, once=True)
    assert event.contains(kettle, "filled", listener)
    event.remove(kettle, "filled", listener)
    assert not event.contains(kettle, "filled", listener)
    kettle.fill(1)
    assert heard == []


def test_a_listener_may_remove_itself_while_it_is_heard(kettle: Kettle) -> None:
    heard: list[str] = []

    def one(*_: Any) -> None:
        heard.append("one")
        event.remove(kettle, "boiled", one)

    event.listen(kettle, "boiled", one)
    event.listen(kettle, "boiled", lambda *_: heard.append("two"))
    kettle.boil()
    kettle.boil()
    assert heard == ["one", "two", "two"]


def test_a_class_is_heard_in_instances_and_subclasses_made_before_and_after(
    on_class: list[tuple[type, str, Any]],
) -> None:
    heard: list[Any] = []
    before = Samovar()

    def listener(kettle: Any, degrees: int, scale: str) -> None:
        heard.append(type(kettle))

    event.listen(Kettle, "boiled", listener, propagate=True)
    on_class.append((Kettle, "boiled", listener))
    before.boil()
    Samovar().boil()
    Kettle().boil()
    assert heard == [Samovar, Samovar, Kettle]
    assert not event.contains(Samovar, "boiled", listener)


def test_a_target_that_is_forgotten_takes_its_listeners_along() -> None:
    import gc
    import weakref

    class Big:
        def listen(self, *_: Any) -> None: ...

    kettle, big = Kettle(), Big()
    event.listen(kettle, "boiled", big.listen)
    gone = weakref.ref(big)
    del kettle, big
    gc.collect()
    assert gone() is None


def test_arguments_of_an_older_version_are_still_passed_with_a_warning(kettle: Kettle) -> None:
    heard: list[Any] = []

    def old(kettle: Any, degrees: int) -> None:
        heard.append(degrees)

    with pytest.warns(
        exc.SADeprecationWarning,
        match=r'"KettleEvents.boiled" event listener has changed as of version 2\.0.*'
        r'The new signature is "def boiled\(kettle, degrees, scale\)"',
    ) as caught:
        event.listen(kettle, "boiled", old)
    assert caught[0].filename == __file__
    kettle.boil()
    assert heard == [100]
    event.remove(kettle, "boiled", old)
    kettle.boil()
    assert heard == [100]


def listen_as_before(engine: Engine, heard: list[Any]) -> None:
    event.listen(engine, "engine_connect", lambda conn, branch: heard.append(branch))
    event.listen(engine, "before_execute", lambda conn, clause, multi, params: heard.append(4))
    event.listen(
        engine,
        "before_execute",
        lambda conn, clause, multi, params: (text("select 'new'"), multi, params),
        retval=True,
    )
    event.listen(engine, "after_execute", lambda conn, c, m, p, result: heard.append(result))
    event.listen(engine, "reset", lambda dbapi, record: heard.append("reset"))


def test_former_arguments_of_the_documented_events() -> None:
    engine = create_engine("sqlite://")
    heard: list[Any] = []
    with pytest.warns(exc.SADeprecationWarning) as caught:
        listen_as_before(engine, heard)
    assert len(caught) == 5
    with engine.connect() as connection:
        result = connection.execute(text("select 'old'"))
        assert result.scalar() == "new"
    assert heard == [False, 4, result, "reset"]


def test_optional_and_any_arguments_are_no_older_version(kettle: Kettle) -> None:
    heard: list[Any] = []
    event.listen(kettle, "boiled", lambda kettle, degrees, scale="?": heard.append(scale))
    event.listen(kettle, "boiled", lambda *values: heard.append(len(values)))
    event.listen(kettle, "boiled", print, once=True)
    kettle.boil()
    assert heard == ["C", 3]


def test_what_cannot_be_listened_to_is_refused_with_advice() -> None:
    with pytest.raises(exc.InvalidRequestError, match="listen to an Engine"):
        event.listen(object(), "begin", print)
    with pytest.raises(exc.InvalidRequestError, match="Try: 'before_execute'"):
        event.listen(Engine, "befor_execute", print)
    with pytest.raises(exc.InvalidRequestError, match="No listeners found"):
        event.remove(Engine, "begin", print)


def test_the_kernel_may_be_taught_further_targets(kettle: Kettle) -> None:
    class Kitchen:
        def __init__(self, kettle: Kettle) -> None:
            self.kettle = kettle

    add_resolver(lambda target: [target.kettle.dispatch] if isinstance(target, Kitchen) else None)
    heard: list[int] = []
    event.listen(Kitchen(kettle), "boiled", lambda *_: heard.append(1))
    kettle.boil()
    assert heard == [1]


def test_the_events_of_a_family_are_its_public_methods() -> None:
    assert KettleEvents.events() == {"boiled", "filled"}
    assert KettleEvents.argument_names("boiled") == ("kettle", "degrees", "scale")
    assert "before_execute" in ConnectionEvents.events()


# -- who hears whom ----------------------------------------------------------------------


def test_nobody_listening_is_one_flag() -> None:
    engine = create_engine("sqlite://")
    flags = [engine.dispatch.active, engine.pool.dispatch.active]

    def listener(*_: Any) -> None: ...

    event.listen(engine, "commit", listener)
    flags.append(engine.dispatch.active)
    event.remove(engine, "commit", listener)
    flags.append(engine.dispatch.active)
    assert flags == [False, False, True, False]


@pytest.mark.parametrize("target", [Dialect, "its dialect"])
def test_events_of_the_driver_may_be_listened_to_on_the_dialect(
    target: Any, on_class: list[tuple[type, str, Any]]
) -> None:
    heard: list[str] = []
    engine = create_engine("sqlite://")

    def connect(dialect: Any, *_: Any) -> None:
        heard.append(dialect.name)

    if target is Dialect:
        event.listen(Dialect, "do_connect", connect)
        on_class.append((Dialect, "do_connect", connect))
    else:
        event.listen(engine.dialect, "do_connect", connect)
    engine.connect().close()
    create_engine("sqlite://").connect().close()
    assert heard == (["sqlite", "sqlite"] if target is Dialect else ["sqlite"])
    if target is not Dialect:
        assert event.contains(engine.dialect, "do_connect", connect), "after the first connect too"


def test_a_dialect_has_no_events_of_connections() -> None:
    with pytest.raises(exc.InvalidRequestError, match="No such event 'commit'"):
        event.listen(Dialect, "commit", print)


def test_the_class_engine_has_the_events_of_pools_too(
    on_class: list[tuple[type, str, Any]],
) -> None:
    heard: list[str] = []

    def checkin(*_: Any) -> None:
        heard.append("checkin")

    event.listen(Engine, "checkin", checkin)
    on_class.append((Engine, "checkin", checkin))
    create_engine("sqlite://").connect().close()
    assert heard == ["checkin"]
    assert event.contains(Pool, "checkin", checkin)
