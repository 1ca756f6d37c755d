"""What a test gets: one server through one driver, with a database of this worker's own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.containers import drivers, engine
from tests.containers.drivers import Address
from tests.containers.run import Running
from tests.containers.servers import Server


@dataclass(frozen=True)
class Backend:
    """A server through a driver."""

    dialect: str
    driver: str
    # The server's own words, without its packager's: "18.6".
    version: str
    url: str = field(repr=False)
    server: LiveServer
    address: Address = field(repr=False)

    @property
    def id(self) -> str:
        """As in the test's name."""
        return f"{self.server.name}-{self.driver}"

    def connect(self) -> Any:
        """A new raw DBAPI connection, to be closed by whoever asked for it."""
        return drivers.connect(self.driver, self.address)


@dataclass(frozen=True)
class LiveServer:
    """A server that answers, and the handle to hurt it with."""

    definition: Server
    running: Running

    @property
    def name(self) -> str:
        """As in ``--servers``."""
        return self.definition.name

    @property
    def has_container(self) -> bool:
        """Whether there is anything to kill: not for SQLite, nor for a server given by URL."""
        return bool(self.running.container_id)

    @contextmanager
    def container(self) -> Iterator[Any]:
        """Docker's container object: ``kill()``, ``pause()``, ``unpause()``, ``exec_run()``.

        The server is shared by the whole run: hurt only one that ``own_backend`` gave you.
        """
        with engine.connected() as client:
            yield client.containers.get(self.running.container_id)

    @contextmanager
    def cut_off(self) -> Iterator[None]:
        """Without its network: open connections break, new ones are refused, until it is back.

        For a network that swallows everything in silence, ``pause()`` the container.
        """
        with self.container() as container:
            for name in (names := list(container.attrs["NetworkSettings"]["Networks"])):
                container.client.networks.get(name).disconnect(container, force=True)
            try:
                yield
            finally:
                for name in names:
                    container.client.networks.get(name).connect(container)


def backend_of(server: Server, driver: str, running: Running, address: Address) -> Backend:
    """Put it together."""
    return Backend(
        server.dialect,
        driver,
        running.version,
        drivers.url(server.dialect, driver, address),
        LiveServer(server, running),
        address,
    )
