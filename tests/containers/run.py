"""One test run: its servers are started once, by whichever process needs them first.

The run is a folder. Each server has a lock and a record in it, so that xdist's workers share what
one of them started, and the process that prints the closing table reads what became of each.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import uuid
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from filelock import FileLock

from tests.containers import drivers, engine, images, launch
from tests.containers.drivers import Address
from tests.containers.scratch import machine_folder, run_folder
from tests.containers.servers import Server

RUN_LABEL = "toolkit.tests.run"
OWNER_LABEL = "toolkit.tests.owner"


@dataclass(frozen=True)
class Running:
    """A server that answers."""

    address: Address
    version: str
    origin: str
    # Empty for a server that was given by URL.
    container_id: str = ""


@dataclass(frozen=True)
class Missing:
    """A server that cannot be had, and why."""

    reason: str


Outcome = Running | Missing


@dataclass(frozen=True)
class Run:
    """A folder that the processes of one run share."""

    folder: Path
    owner: str

    @classmethod
    def begin(cls) -> Run:
        """A new run, owned by this process."""
        run = cls(run_folder(), owner_of(os.getpid()))
        (run.folder / "owner").write_text(run.owner, encoding="utf-8")
        return run

    @classmethod
    def join(cls, folder: Path) -> Run:
        """The run that another process began."""
        return cls(folder, (folder / "owner").read_text(encoding="utf-8"))

    @property
    def name(self) -> str:
        """Short, and fit to be part of a database's name."""
        return self.folder.name.removeprefix("run-").lower()

    @property
    def labels(self) -> dict[str, str]:
        """What its containers are known by."""
        return {images.LABEL: "server", RUN_LABEL: self.name, OWNER_LABEL: self.owner}

    def bring_up(
        self, servers: Sequence[Server], images_of: Sequence[Server] = ()
    ) -> dict[str, Outcome]:
        """Start what is not running yet, as many at a time as there are processors.

        ``images_of``: servers that tests will start for themselves, when they have no time to wait
        for an image to be built.
        """
        with ThreadPoolExecutor(max(2, os.cpu_count() or 2)) as pool:
            outcomes = pool.map(self.outcome, servers)
            list(pool.map(self.have_image, images_of))
            return {server.name: found for server, found in zip(servers, outcomes, strict=True)}

    def outcome(self, server: Server) -> Outcome:
        """What became of this server; it is started if nobody has tried."""
        record = self.folder / f"{server.name}.json"
        with FileLock(record.with_suffix(".lock")):
            if record.exists():
                return from_json(record.read_text(encoding="utf-8"))
            outcome = self.attempt(server)
            record.write_text(to_json(outcome), encoding="utf-8")
            return outcome

    def known(self, server: Server) -> Outcome | None:
        """What became of it, if anybody tried."""
        for name in (f"{server.name}.json", f"{server.name}.private.json"):
            if (record := self.folder / name).exists():
                return from_json(record.read_text(encoding="utf-8"))
        return None

    def attempt(self, server: Server) -> Outcome:
        """Reach it by its URL, or start a container."""
        try:
            if server.url:
                address = drivers.parse_url(server.url, server.dialect)
                return Running(address, launch.ask_version(server, address, 0), "given by URL")
            return self.start(server)
        except Exception as error:  # noqa: BLE001 - the closing table says why
            return Missing(in_one_line(error))

    def start(self, server: Server, *, private: bool = False) -> Running:
        """Start a container from the server's image."""
        image = self.image(server)
        name = f"toolkit-test-{server.name}-{self.name}"
        if private:
            name += f"-{uuid.uuid4().hex[:8]}"
        address, version, container = launch.start(
            server, image.tag, name, self.labels, survives=private
        )
        return Running(address, version, image.origin, container)

    def image(self, server: Server) -> images.Image:
        """The server's image, pulled or built if need be."""
        self.require_engine()
        assert server.recipe is not None
        memory = self.folder / "pull-refused"
        with engine.connected() as client:
            return images.image_for(client, server.official, server.recipe, memory)

    def have_image(self, server: Server) -> None:
        """See to it that the image is there, or leave saying so to whoever needs it."""
        with suppress(engine.EngineUnavailableError, images.ImageUnavailableError):
            self.image(server)

    def require_engine(self) -> None:
        """Once per run: find or install the engine, sweep up after runs that died."""
        verdict = self.folder / "engine"
        with FileLock(verdict.with_suffix(".lock")):
            if not verdict.exists():
                try:
                    engine.ensure_engine()
                    sweep()
                    verdict.write_text("", encoding="utf-8")
                except engine.EngineUnavailableError as error:
                    verdict.write_text(str(error), encoding="utf-8")
            if reason := verdict.read_text(encoding="utf-8"):
                raise engine.EngineUnavailableError(reason)

    @contextmanager
    def private(self, server: Server) -> Iterator[Outcome]:
        """A container of one's own, to be killed, paused or cut off."""
        outcome: Outcome
        try:
            outcome = self.start(server, private=True)
        except Exception as error:  # noqa: BLE001 - the closing table says why
            outcome = Missing(in_one_line(error))
        # For the closing table, should no other test ask for this server.
        (self.folder / f"{server.name}.private.json").write_text(to_json(outcome), encoding="utf-8")
        try:
            yield outcome
        finally:
            if isinstance(outcome, Running):
                with engine.connected() as client:
                    remove(client.containers.get(outcome.container_id))

    def end(self) -> None:
        """Remove the containers and the folder."""
        if any(self.folder.glob("engine")):
            # An engine that went away took its containers with it.
            with suppress(engine.EngineUnavailableError), engine.connected() as client:
                for container in labelled(client, f"{RUN_LABEL}={self.name}"):
                    remove(container)
        shutil.rmtree(self.folder, ignore_errors=True)


def in_one_line(error: Exception) -> str:
    """What a table can show of it."""
    return " ".join(str(error).split()) or type(error).__name__


def to_json(outcome: Outcome) -> str:
    """As it lies in the run's folder."""
    return json.dumps(asdict(outcome))


def from_json(text: str) -> Outcome:
    """Back from the run's folder."""
    fields: dict[str, Any] = json.loads(text)
    if "reason" in fields:
        return Missing(**fields)
    return Running(**{**fields, "address": Address(**fields["address"])})


def owner_of(process: int) -> str:
    """A process by host, number and start, since numbers are used again.

    The start is the 22nd field, counted after the name in brackets, which may hold anything.
    https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
    """
    stat = Path(f"/proc/{process}/stat")
    try:
        start = stat.read_text().rpartition(")")[2].split()[19]
    except OSError:
        start = ""
    return f"{socket.gethostname()}:{process}:{start}"


def abandoned(owner: str) -> bool:
    """Whether that process is surely dead. Of another host's processes nothing is known."""
    host, _, rest = owner.rpartition(":")[0].rpartition(":")
    if host != socket.gethostname() or not rest.isdigit():
        return False
    try:
        os.kill(int(rest), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return owner_of(int(rest)) != owner


def labelled(client: Any, label: str) -> list[Any]:
    """Containers with that label, running or not."""
    found: list[Any] = client.containers.list(
        all=True, filters={"label": label}, ignore_removed=True
    )
    return found


def remove(container: Any) -> None:
    """Remove it, unless somebody else already does."""
    errors = import_module("docker.errors")
    try:
        container.remove(force=True, v=True)
    except errors.NotFound:
        pass
    except errors.APIError as error:
        if "already in progress" not in str(error):
            raise


def sweep() -> None:
    """Remove what runs have left that died without removing it."""
    for folder in machine_folder().glob("run-*"):
        with suppress(OSError):
            if abandoned((folder / "owner").read_text(encoding="utf-8")):
                shutil.rmtree(folder, ignore_errors=True)
    with engine.connected() as client:
        for container in labelled(client, OWNER_LABEL):
            labels: Mapping[str, str] = container.labels
            if abandoned(labels.get(OWNER_LABEL, "")):
                remove(container)
