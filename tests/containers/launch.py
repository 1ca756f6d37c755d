"""Start one server's container, tuned for tests: nothing it holds need survive."""

from __future__ import annotations

import socket
import time
from collections.abc import Mapping
from contextlib import suppress
from importlib import import_module
from types import MappingProxyType
from typing import Any

from tests.containers import drivers
from tests.containers.drivers import Address
from tests.containers.servers import Server


class LaunchError(Exception):
    """A container did not become a server; the message has its last words."""


USER = "toolkit"
# It guards a container that lives for a minute.
PASSWORD = "toolkit"
DATABASE = "toolkit"
LOOPBACK = "127.0.0.1"
ANSWER_SECONDS = 30.0

# Nothing waits for a disk, but what is committed has left the process: a server that is killed and
# started again has its data, as a real one would.
POSTGRESQL_OPTIONS = {
    "fsync": "off",
    "full_page_writes": "off",
    "shared_buffers": "64MB",
    "max_connections": "200",
    # Two-phase commit is off unless there is room for prepared transactions.
    # https://www.postgresql.org/docs/current/runtime-config-resource.html
    "max_prepared_transactions": "50",
}
COMMON_MYSQL_OPTIONS = (
    "--skip-log-bin",
    "--skip-name-resolve",
    "--innodb-flush-log-at-trx-commit=2",
    "--innodb-doublewrite=0",
    "--innodb-buffer-pool-size=64M",
    "--max-connections=200",
    "--performance-schema=OFF",
    # LOAD DATA LOCAL is refused by servers unless they are told otherwise.
    "--local-infile=1",
)


def _postgresql(image: str, name: str) -> Any:
    """PostgreSQL in a container."""
    module = import_module("testcontainers.community.postgres")
    box = module.PostgresContainer(
        image, username=USER, password=PASSWORD, dbname=DATABASE, driver=None, name=name
    )
    options = [
        part for key, value in POSTGRESQL_OPTIONS.items() for part in ("-c", f"{key}={value}")
    ]
    box.with_command(["postgres", *options])
    return box


def _mysql(image: str, name: str) -> Any:
    """MySQL in a container."""
    module = import_module("testcontainers.community.mysql")
    box = module.MySqlContainer(
        image,
        username="root",
        password=PASSWORD,
        dbname=DATABASE,
        # The real server names its port; the one that the official image sets up with has none.
        wait_strategy_check_string=r"ready for connections.*port: 3306\b",
        name=name,
    )
    box.with_command(list(COMMON_MYSQL_OPTIONS))
    return box


BOXES: Mapping[str, Any] = MappingProxyType(
    {"postgresql": _postgresql, "mysql": _mysql, "mariadb": _mysql}
)


DATA_FOLDERS = MappingProxyType(
    {
        "postgresql": "/var/lib/postgresql",
        "mysql": "/var/lib/mysql",
        "mariadb": "/var/lib/mysql",
    }
)


def start(
    server: Server, image: str, name: str, labels: Mapping[str, str], *, survives: bool = False
) -> tuple[Address, str, str]:
    """Start it and wait until it answers: its address, its version, its container's id.

    One that ``survives`` can be killed and started again, or cut off and joined again: its data
    is on disk, and it keeps its port, which Docker otherwise deals out anew.
    """
    box = BOXES[server.dialect](image, name)
    box.with_kwargs(labels=dict(labels))
    nearby = is_nearby(box.get_docker_client())
    if nearby:
        # Nobody else's business; an engine elsewhere must show its ports to us.
        at = (LOOPBACK, free_port()) if survives else (LOOPBACK,)
        box.ports = dict.fromkeys(box.ports, at)
    if not survives:
        box.with_tmpfs_mount(DATA_FOLDERS[server.dialect])
    try:
        box.start()
        address = Address(
            LOOPBACK if nearby else box.get_container_host_ip(),
            int(box.get_exposed_port(box.port)),
            getattr(box, "username", USER),
            PASSWORD,
            DATABASE,
        )
        return address, ask_version(server, address), box.get_wrapped_container().id
    except Exception as error:
        raise LaunchError(f"{last_words(box)} ({error})") from error
    finally:
        box.get_docker_client().client.close()


def last_words(box: Any) -> str:
    """The end of its log; the container goes with it."""
    log = b""
    # There is neither if the engine refused to make it.
    with suppress(Exception):
        log = box.get_wrapped_container().logs(tail=3)
        box.stop()
    return " / ".join(line.strip() for line in log.decode(errors="replace").splitlines())


def is_nearby(client: Any) -> bool:
    """Whether the engine shares our loopback.

    testcontainers takes any machine with ``/.dockerenv`` for the inside of a container, even one
    that was only unpacked from an image; an engine that bears our own host's name is beside us.
    """
    local = client.host() in {"localhost", LOOPBACK}
    return local or client.client.info().get("Name") == socket.gethostname()


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def ask_version(server: Server, address: Address, patience: float = ANSWER_SECONDS) -> str:
    """Its version, as the first driver at hand hears it."""
    connection = connect_patiently(first_driver(server), address, patience)
    try:
        return drivers.server_version(server.dialect, connection)
    finally:
        connection.close()


def connect_patiently(driver: str, address: Address, patience: float = ANSWER_SECONDS) -> Any:
    """A connection to a server that is still coming up."""
    deadline = time.monotonic() + patience
    while True:
        try:
            return drivers.connect(driver, address)
        except Exception:
            # Each driver has its own exceptions, and the last one tells enough.
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def first_driver(server: Server) -> str:
    """The first of its drivers that can be imported."""
    problems = []
    for name in server.drivers:
        try:
            drivers.load(name)
        except drivers.DriverMissingError as error:
            problems.append(str(error))
        else:
            return name
    raise drivers.DriverMissingError("; ".join(problems))
