"""The pytest plugin: marker ``backend``, fixtures ``backend``, ``own_backend``, closing table."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Generator, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import pytest

from tests.containers import drivers, engine
from tests.containers.backend import Backend, backend_of
from tests.containers.drivers import Address, DriverMissingError
from tests.containers.run import Missing, Outcome, Run, Running
from tests.containers.servers import (
    CONTAINERS,
    DIALECTS,
    SQLITE,
    Server,
    UnknownServerError,
    selected,
)
from tests.containers.table import NO_SERVER, Row, Tally, is_explained, lines, reason_of

FIXTURES = ("backend", "own_backend")
PROPERTY = "backend"


@dataclass(frozen=True)
class Choice:
    """The fixture's parameter: a server and a driver, before anything is started or imported."""

    server: Server
    driver: str

    @property
    def id(self) -> str:
        """As in the test's name."""
        return f"{self.server.name}-{self.driver}"

    @property
    def names(self) -> set[str]:
        """What a marker may call it, from many to one."""
        return {self.server.dialect, self.server.name, self.id}


def choices_on(servers: Sequence[Server]) -> list[Choice]:
    """Every driver on every server."""
    return [Choice(server, driver) for server in servers for driver in server.drivers]


class Matrix:
    """The state of the plugin in one process: the whole run, or one xdist worker of it."""

    def __init__(
        self, run: Run, servers: Sequence[Server], worker: str, *, is_worker: bool
    ) -> None:
        self.run = run
        self.choices = choices_on(servers)
        self.worker = worker
        self.is_worker = is_worker
        self.databases: dict[str, Address] = {}
        self.tallies: dict[str, Tally] = defaultdict(Tally)
        self.seen: set[str] = set()

    # ------------------------------------------------------------- servers

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Start what the collected tests need; before the first test, so that none waits."""
        if session.config.option.collectonly:
            return
        shared: dict[str, Server] = {}
        private: dict[str, Server] = {}
        for item in session.items:
            choice = choice_of(item)
            if choice is not None and choice.server is not SQLITE:
                is_shared = "backend" in getattr(item, "fixturenames", ())
                (shared if is_shared else private)[choice.server.name] = choice.server
        alone = [server for name, server in private.items() if name not in shared]
        self.run.bring_up(list(shared.values()), [server for server in alone if not server.url])

    def outcome(self, server: Server) -> Outcome:
        """The server, started or not."""
        if server is SQLITE:
            return Running(Address(), sqlite3.sqlite_version, "standard library")
        return self.run.outcome(server)

    def backend(self, choice: Choice) -> Backend:
        """The server through the driver; a skip, or under CI a failure, if it cannot be had."""
        running = demand(self.outcome(choice.server))
        demand_driver(choice.driver)
        return backend_of(choice.server, choice.driver, running, self.database(choice, running))

    def database(self, choice: Choice, running: Running) -> Address:
        """This worker's own database on that server, shared by the server's drivers."""
        server, name = choice.server, f"toolkit_{self.run.name}_{self.worker}"
        if server.name not in self.databases:
            if server is SQLITE:
                address = Address(database=str(self.run.folder / f"{self.worker}.sqlite"))
            else:
                address = drivers.make_database(
                    server.dialect, choice.driver, running.address, name
                )
            self.databases[server.name] = address
        return self.databases[server.name]

    def drop_databases(self) -> None:
        """Those on servers that go on living without us."""
        for choice in self.choices:
            outcome = self.run.known(choice.server) if choice.server.url else None
            if isinstance(outcome, Running) and choice.server.name in self.databases:
                name = self.databases.pop(choice.server.name).database
                drivers.drop_database(choice.server.dialect, choice.driver, outcome.address, name)

    def pytest_unconfigure(self) -> None:
        """Leave nothing behind. Workers are gone when the controller comes to this."""
        self.drop_databases()
        if not self.is_worker:
            self.run.end()

    # ------------------------------------------------------------- reports

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Note the backend in the report, which travels from worker to controller."""
        report = yield
        choice = choice_of(item)
        if choice is not None and (PROPERTY, choice.id) not in report.user_properties:
            report.user_properties.append((PROPERTY, choice.id))
        demand_reason(report)
        return report

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(
        self,
    ) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
        """A module that skips itself must say why, too."""
        report = yield
        demand_reason(report)
        return report

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count it."""
        tally = self.tallies[str(dict(report.user_properties).get(PROPERTY, NO_SERVER))]
        if report.skipped:
            expected = getattr(report, "wasxfail", None)
            why = (
                reason_of(report.longrepr) if expected is None else f"fails as expected: {expected}"
            )
            tally.skips[why] += 1
        elif report.failed:
            tally.failed += 1
        elif report.when == "call":
            tally.passed += 1

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Count a skipped module once, though every worker reports it."""
        if report.skipped and report.nodeid not in self.seen:
            self.seen.add(report.nodeid)
            self.tallies[NO_SERVER].skips[reason_of(report.longrepr)] += 1

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Print the table."""
        rows = [row for choice in self.choices if (row := self.row(choice))]
        if not rows and not self.tallies[NO_SERVER].skips:
            return
        if NO_SERVER in self.tallies:
            rows.append(Row(NO_SERVER, NO_SERVER, "none", self.tallies[NO_SERVER]))
        terminalreporter.section("databases")
        for line in lines(rows):
            terminalreporter.write_line(line)

    def row(self, choice: Choice) -> Row | None:
        """A backend's line, if any test asked for it."""
        if choice.id not in self.tallies:
            return None
        outcome = Running(Address(), sqlite3.sqlite_version, "")
        known = outcome if choice.server is SQLITE else self.run.known(choice.server)
        server = (
            f"{known.version} ({choice.server.name})"
            if isinstance(known, Running)
            else (f"not reached ({choice.server.name})")
        )
        return Row(choice.server.dialect, choice.driver, server, self.tallies[choice.id])


# ----------------------------------------------------------------- the ways to say no


def demand(outcome: Outcome) -> Running:
    """The running server, or the end of the test."""
    if isinstance(outcome, Missing):
        missing(outcome.reason)
    return outcome


def demand_driver(name: str) -> None:
    """The driver, or the end of the test."""
    try:
        drivers.load(name)
    except DriverMissingError as error:
        missing(str(error))


def missing(reason: str) -> NoReturn:
    """Under CI the matrix is a promise; elsewhere what is missing is said in the table."""
    if engine.under_ci():
        pytest.fail(f"CI=true, and so this is a failure: {reason}", pytrace=False)
    pytest.skip(reason)


def demand_reason(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Turn a skip that gives no reason into a failure."""
    if report.skipped and not hasattr(report, "wasxfail"):
        reason = reason_of(report.longrepr)
        if not is_explained(reason):
            report.outcome = "failed"
            report.longrepr = "skipped without a reason: say why, the closing table shows it"


# ----------------------------------------------------------------- parameters


def choice_of(item: pytest.Item) -> Choice | None:
    """The backend that this test is run on, if any."""
    params = getattr(getattr(item, "callspec", None), "params", {})
    found = [params[name] for name in FIXTURES if isinstance(params.get(name), Choice)]
    return found[0] if found else None


MARKER_NAMES = sorted({name for row in choices_on((SQLITE, *CONTAINERS)) for name in row.names})


def names_in_marker(definition: pytest.Item) -> tuple[str, ...]:
    """What a test's marker names; all dialects without a marker."""
    marker = definition.get_closest_marker("backend")
    if marker is None:
        return DIALECTS
    unknown = [name for name in marker.args if name not in MARKER_NAMES]
    if unknown or marker.kwargs or not marker.args:
        wrong = ", ".join(map(repr, unknown)) or "nothing, or arguments by name"
        raise pytest.Collector.CollectError(
            f"{definition.nodeid}: @pytest.mark.backend got {wrong}; "
            f"it takes one or more of {', '.join(MARKER_NAMES)}"
        )
    return marker.args


@pytest.hookimpl
def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test per server and driver."""
    names = names_in_marker(metafunc.definition)
    wanted = [name for name in FIXTURES if name in metafunc.fixturenames]
    # A module may mark all its tests, and those that need no server are run once.
    marked = any(mark.name == "backend" for mark in metafunc.definition.own_markers)
    if marked and not wanted:
        raise pytest.Collector.CollectError(
            f"{metafunc.definition.nodeid}: @pytest.mark.backend without the fixture `backend`"
        )
    for fixture in wanted:
        choices = [
            choice
            for choice in metafunc.config.stash[MATRIX].choices
            if choice.names.intersection(names)
        ]
        parameters = [pytest.param(choice, id=choice.id) for choice in choices]
        if not parameters:
            why = f"--servers leaves none of: {', '.join(names)}"
            parameters = [pytest.param(None, id="none", marks=pytest.mark.skip(reason=why))]
        metafunc.parametrize(fixture, parameters, indirect=True)


@pytest.fixture(scope="session")
def backend(request: pytest.FixtureRequest) -> Backend:
    """A server through a driver, with a database of this worker's own."""
    return request.config.stash[MATRIX].backend(request.param)


@pytest.fixture
def own_backend(request: pytest.FixtureRequest) -> Iterator[Backend]:
    """The same on a container of this test's own, to be killed, paused or cut off."""
    matrix, choice = request.config.stash[MATRIX], request.param
    if choice.server is SQLITE or choice.server.url:
        pytest.skip(f"{choice.server.name} has no container that could be hurt")
    demand_driver(choice.driver)
    with matrix.run.private(choice.server) as outcome:
        running = demand(outcome)
        yield backend_of(choice.server, choice.driver, running, running.address)


# ----------------------------------------------------------------- configuration

MATRIX = pytest.StashKey[Matrix]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--servers``."""
    parser.addoption(
        "--servers",
        default="all",
        help="comma-separated servers or dialects to test on: all (default), none (SQLite only), "
        "postgresql-18, mariadb, ...",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Begin a run, or join the controller's."""
    config.addinivalue_line(
        "markers",
        "backend(*names): run only on these dialects, servers or drivers on servers: "
        + ", ".join(MARKER_NAMES),
    )
    try:
        servers = selected(config.getoption("servers"))
    except UnknownServerError as error:
        raise pytest.UsageError(str(error)) from None
    # What xdist hands to its workers; absent in the controller and without xdist.
    given: dict[str, Any] | None = getattr(config, "workerinput", None)
    run = Run.begin() if given is None else Run.join(Path(given["toolkit_run"]))
    worker = "main" if given is None else str(given["workerid"])
    matrix = Matrix(run, servers, worker, is_worker=given is not None)
    config.stash[MATRIX] = matrix
    config.pluginmanager.register(matrix, "toolkit-matrix")


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell an xdist worker which run it belongs to."""
    with suppress(KeyError):
        node.workerinput["toolkit_run"] = str(node.config.stash[MATRIX].run.folder)
