"""``prepare``: under CI, install and build all that the tests will want, before they run."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.containers import drivers, engine, images
from tests.containers.scratch import machine_folder
from tests.containers.servers import SQLITE, Server, matrix

ROOT = Path(__file__).resolve().parents[2]
HEADERS = ("libmariadb-dev", "pkg-config")


def prepare() -> list[str]:
    """Do what is to be done; return the problems. Outside CI nothing is to be done."""
    if not engine.under_ci():
        return []
    problems = [*mysqlclient()]
    servers = [server for server in matrix() if server is not SQLITE and not server.url]
    if servers:
        try:
            engine.ensure_engine()
        except engine.EngineUnavailableError as error:
            return [*problems, str(error)]
        # Building an image is mostly unpacking on one processor: as many at a time as there are.
        with ThreadPoolExecutor(2) as pool:
            problems += [problem for problem in pool.map(image, servers) if problem]
    return problems


def mysqlclient() -> list[str]:
    """Build the one driver that has no wheels, unless it is there."""
    try:
        drivers.load("mysqlclient")
    except drivers.DriverMissingError:
        return build_mysqlclient()
    return []


def build_mysqlclient() -> list[str]:
    """Headers from Debian, the driver from the dependency group of its own."""
    try:
        if shutil.which("mariadb_config") is None or shutil.which("pkg-config") is None:
            say("installing the headers for mysqlclient")
            engine.install_packages(*HEADERS)
    except engine.EngineUnavailableError as error:
        return [f"mysqlclient: {error}"]
    say("building mysqlclient")
    command = [sys.executable, "-m", "pip", "install", "-q", "-c", "constraints.txt"]
    done = subprocess.run(
        [*command, "--group", "mysqlclient"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return [f"mysqlclient: {done.stderr.strip()[-400:]}"] if done.returncode else []


def image(server: Server) -> str:
    """See to one image; the problem, if there is one."""
    assert server.recipe is not None
    started = time.monotonic()
    # Refused pulls are remembered for an hour of work, not for ever.
    memory = machine_folder() / f"pull-refused-{int(time.time() // 3600)}"
    try:
        with engine.connected() as client:
            found = images.image_for(client, server.official, server.recipe, memory)
    except (engine.EngineUnavailableError, images.ImageUnavailableError) as error:
        return f"{server.name}: {error}"
    say(f"{server.name}: {found.origin}, {time.monotonic() - started:.1f} s")
    return ""


def say(words: str) -> None:
    """Tell whoever waits."""
    print(f"containers: {words}", flush=True)  # noqa: T201 - this is a command's output
