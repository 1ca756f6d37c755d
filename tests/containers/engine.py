"""The Docker engine: reach it, or under CI install and start one."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from filelock import FileLock

from tests.containers.scratch import machine_folder

# debian-archive-keyring: brings the keys of newer suites to a machine that was made before them.
PACKAGES = ("docker.io", "iptables", "debootstrap", "debian-archive-keyring")
START_SECONDS = 60.0


class EngineUnavailableError(Exception):
    """No engine answers; the message says why, in one line."""


def under_ci() -> bool:
    """Whether a missing server is a failure here."""
    return os.environ.get("CI", "").lower() in {"1", "true", "yes"}


@contextmanager
def connected() -> Iterator[Any]:
    """A docker client of a running engine, found as testcontainers finds it (host, context)."""
    configure_testcontainers()
    testcontainers = import_module("testcontainers.core.docker_client")
    try:
        knock(testcontainers.get_docker_host())
        client = testcontainers.DockerClient().client
        client.ping()
    except Exception as error:
        # The client library has many ways to say no; the last words are the informative ones.
        reason = str(error).strip().rsplit("\n", 1)[-1]
        raise EngineUnavailableError(f"no Docker engine answers ({reason})") from error
    try:
        yield client
    finally:
        client.close()


def knock(host: str | None) -> None:
    """Fail if nobody listens on the engine's socket file.

    The client library would find out, too, but leave its own socket unclosed.
    """
    default = import_module("docker.constants").DEFAULT_UNIX_SOCKET if os.name == "posix" else ""
    scheme, _, path = (host or default).removeprefix("http+").partition("://")
    if scheme == "unix":
        with socket.socket(socket.AF_UNIX) as probe:
            try:
                probe.connect(path)
            except OSError as error:
                raise ConnectionError(f"{path}: {error.strerror}") from error


def configure_testcontainers() -> None:
    """No reaper (its image cannot be pulled everywhere; we sweep ourselves), quicker polling."""
    os.environ.setdefault("TESTCONTAINERS_RYUK_DISABLED", "true")
    try:
        config = import_module("testcontainers.core.config").testcontainers_config
    except ImportError as error:
        raise EngineUnavailableError(f"testcontainers is not installed ({error})") from error
    config.sleep_time = 0.1
    config.max_tries = 1200


def ensure_engine() -> None:
    """Under CI, leave with an engine running; elsewhere only say whether there is one."""
    with FileLock(machine_folder() / "engine.lock"):
        try:
            with connected():
                return
        except EngineUnavailableError:
            if not under_ci():
                raise
        install_engine()
        start_engine()


def may_install() -> bool:
    """Only root on Debian: elsewhere nothing is installed on anybody's machine."""
    return sys.platform == "linux" and os.geteuid() == 0 and shutil.which("apt-get") is not None


def install_packages(*names: str) -> None:
    """``apt-get install`` of what is not there yet."""
    if not may_install():
        raise EngineUnavailableError(
            f"not root on Debian, so {', '.join(names)} cannot be installed"
        )
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-q"],
        ["apt-get", "install", "-q", "-y", "--no-install-recommends", *names],
    ):
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            words = done.stderr.strip() or done.stdout.strip()
            raise EngineUnavailableError(f"{' '.join(command[:2])} failed: {words[-300:]}")


def install_engine() -> None:
    """The engine and what builds images for it, unless they are there."""
    if not (shutil.which("dockerd") and shutil.which("debootstrap") and shutil.which("iptables")):
        install_packages(*PACKAGES)


def start_engine() -> None:
    """Start the daemon, detached: it outlives the tests, and the next run finds it."""
    log = machine_folder() / "dockerd.log"
    if Path("/run/systemd/system").is_dir():
        subprocess.run(["systemctl", "start", "docker"], check=False, capture_output=True)
    elif not may_install():
        raise EngineUnavailableError("not root on Debian, so no Docker engine can be started")
    else:
        with log.open("ab") as output:
            subprocess.run(
                ["setsid", "--fork", "dockerd"],
                check=False,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            with connected():
                return
        except EngineUnavailableError as error:
            if time.monotonic() > deadline:
                last = log.read_text(errors="replace")[-300:] if log.is_file() else ""
                raise EngineUnavailableError(
                    f"dockerd did not come up within {START_SECONDS:.0f} s: {last}"
                ) from error
            time.sleep(0.2)
