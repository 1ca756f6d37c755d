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
PASSWORD = "toolkit"  # noqa: S105 - it guards a container that lives for a minute
DATABASE = "toolkit"
LOOPBACK = "127.0.0.1"
ANSWER_SECONDS = 30.0

POSTGRESQL_OPTIONS = {
    "fsync": "off",
    "synchronous_commit": "off",
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
    "--innodb-flush-log-at-trx-commit=0",
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
    options = [part for key, value in POSTGRESQL_OPTIONS.items() for part in ("-c", f"{key}={value}")]
    box.with_command(["postgres", *options])
    box.with_tmpfs_mount("/var/lib/postgresql")
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
    box.with_tmpfs_mount("/var/lib/mysql")
    return box


BOXES: Mapping[str, Any] = MappingProxyType(
    {"postgresql": _postgresql, "mysql": _mysql, "mariadb": _mysql}
)


def start(
    server: Server, image: str, name: str, labels: Mapping[str, str]
) -> tuple[Address, str, str]:
    """Start it and wait until it answers: its address, its version, its container's id."""
    box = BOXES[server.dialect](image, name)
    box.with_kwargs(labels=dict(labels))
    nearby = is_nearby(box.get_docker_client())
    if nearby:
        # Nobody else's business; an engine elsewhere must show its ports to us.
        box.ports = {port: (LOOPBACK,) for port in box.ports}
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


def ask_version(server: Server, address: Address) -> str:
    """Its version, as the first driver at hand hears it; retried while the port comes up."""
    driver = first_driver(server)
    deadline = time.monotonic() + ANSWER_SECONDS
    while True:
        try:
            connection = drivers.connect(driver, address)
            break
        except Exception:
            # Each driver has its own exceptions, and the last one tells enough.
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
    try:
        return drivers.server_version(server.dialect, connection)
    finally:
        connection.close()


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
