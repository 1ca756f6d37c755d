"""The image of a server: the official one where it can be had, else one built on the spot."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from filelock import FileLock

from tests.containers import rootfs
from tests.containers.scratch import machine_folder

RECIPES = Path(__file__).parent / "recipes"
LABEL = "toolkit.tests"
# Long enough to hear from a registry, short enough to notice that none answers.
REGISTRY_SECONDS = 10


class ImageUnavailableError(Exception):
    """The image can be neither pulled nor built; the message says why."""


@dataclass(frozen=True)
class Recipe:
    """How an image is built: a folder of ``recipes/`` on a Debian suite."""

    folder: str
    suite: str
    version: str

    @property
    def base(self) -> str:
        """The name of the root file system it stands on."""
        return f"toolkit-test-root:{self.suite}-{digest(self.suite, rootfs.FURNITURE)}"

    @property
    def tag(self) -> str:
        """The image's name; it changes with anything that the image is made of."""
        files = sorted(path for path in (RECIPES / self.folder).iterdir() if path.is_file())
        texts = {path.name: path.read_text(encoding="utf-8") for path in files}
        return f"toolkit-test-{self.folder}:{self.version}-{digest(self.base, texts)}"


@dataclass(frozen=True)
class Image:
    """An image that is there."""

    tag: str
    origin: str


def digest(*parts: object) -> str:
    """A short name for what something is made of."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:12]


def image_for(client: Any, official: str, recipe: Recipe, memory: Path) -> Image:
    """Find, pull or build an image; ``memory`` keeps for the run that pulling is refused."""
    if present(client, official):
        return Image(official, "official image")
    if not present(client, recipe.tag):
        refusal = pull(client, official, memory)
        if refusal is None:
            return Image(official, "official image")
        with FileLock(lock_path(recipe.tag)):
            if not present(client, recipe.tag):
                build(client, recipe, f"{official} cannot be pulled ({refusal})")
    return Image(recipe.tag, "image built from Debian packages")


def present(client: Any, tag: str) -> bool:
    """Whether the engine has it."""
    return bool(client.images.list(name=tag))


def lock_path(tag: str) -> Path:
    """The file that whoever builds this image holds, so that it is built once."""
    return machine_folder() / f"{tag.replace(':', '-')}.lock"


def pull(client: Any, official: str, memory: Path) -> str | None:
    """Pull the official image; the reason if that cannot be done.

    The engine is first asked what the registry knows of it: that answers at once, or not at all,
    and then nobody else of this run need ask.
    """
    errors = import_module("docker.errors")
    transport = import_module("requests.exceptions")
    with FileLock(memory.with_suffix(".lock")):
        if memory.exists():
            return memory.read_text(encoding="utf-8")
        patience, client.api.timeout = client.api.timeout, REGISTRY_SECONDS
        try:
            client.api.inspect_distribution(official)
        except (errors.DockerException, transport.RequestException) as error:
            reason = str(getattr(error, "explanation", None) or error)
            memory.write_text(reason, encoding="utf-8")
            return reason
        finally:
            client.api.timeout = patience
    try:
        client.images.pull(official)
    except (errors.DockerException, transport.RequestException) as error:
        return str(getattr(error, "explanation", None) or error)
    return None


def build(client: Any, recipe: Recipe, occasion: str) -> None:
    """Build from the recipe, and first the root file system it stands on."""
    errors = import_module("docker.errors")
    try:
        with FileLock(lock_path(recipe.base)):
            if not present(client, recipe.base):
                repository, tag = recipe.base.split(":")
                rootfs.import_root(client, recipe.suite, repository, tag)
        client.images.build(
            path=str(RECIPES / recipe.folder),
            tag=recipe.tag,
            buildargs={"BASE": recipe.base, "VERSION": recipe.version},
            labels={LABEL: "image"},
            # The machine's own network: what leads it to its mirror need not lead a bridge there.
            network_mode="host",
            rm=True,
            forcerm=True,
        )
    except rootfs.RootUnavailableError as error:
        raise ImageUnavailableError(f"{occasion} nor built: {error}") from error
    except errors.BuildError as error:
        words = " ".join(str(line.get("stream") or line.get("error")) for line in error.build_log)
        raise ImageUnavailableError(f"{occasion} nor built: {words[-400:]}") from error
    except errors.DockerException as error:
        raise ImageUnavailableError(f"{occasion} nor built: {error}") from error
