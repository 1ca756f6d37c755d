"""A Debian root file system as an image: what our own images are built on."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.containers.mirror import MirrorUnknownError, Source, debian_archive, machine_settings

# Part of every image's fingerprint: what is changed here makes new images.
FURNITURE = {
    # A mirror may lag, and the expiry date of sid's index is only a week away.
    "etc/apt/apt.conf.d/90toolkit": (
        'Acquire::Check-Valid-Until "false";\nAcquire::Languages "none";\nAcquire::Retries "3";\n'
    ),
    # Test data need not survive a power cut, and neither need these images.
    "etc/dpkg/dpkg.cfg.d/toolkit": "force-unsafe-io\npath-exclude=/usr/share/man/*\n",
    # Packages must not start their servers while an image is built.
    "usr/sbin/policy-rc.d": "#!/bin/sh\nexit 101\n",
}


class RootUnavailableError(Exception):
    """No root file system can be made here; the message says why."""


def import_root(client: Any, suite: str, repository: str, tag: str) -> None:
    """Make a minimal system of that suite and give it to the engine as ``repository:tag``."""
    try:
        archive = debian_archive()
    except MirrorUnknownError as error:
        raise RootUnavailableError(str(error)) from error
    with workshop() as root:
        debootstrap(archive, suite, root)
        furnish(root, archive)
        client.api.import_image_from_stream(packed(root), repository=repository, tag=tag)


@contextmanager
def workshop() -> Iterator[Path]:
    """A folder that disappears afterwards, whatever debootstrap left in it."""
    folder = Path(tempfile.mkdtemp(prefix="toolkit-rootfs-"))
    try:
        yield folder
    finally:
        # One file system only: an interrupted debootstrap leaves /proc mounted inside.
        subprocess.run(["rm", "-rf", "--one-file-system", folder], check=False, capture_output=True)


def debootstrap(archive: Source, suite: str, root: Path) -> None:
    """Unpack and configure the essential packages."""
    if shutil.which("debootstrap") is None:
        raise RootUnavailableError("debootstrap is not installed")
    if os.geteuid() != 0:
        raise RootUnavailableError("debootstrap needs root")
    command = ["debootstrap", "--variant=minbase"]
    # A mirror that signs with a key of its own names it beside its address.
    command += [f"--keyring={archive.keyring}"] if archive.keyring else []
    done = subprocess.run(
        [*command, suite, str(root), archive.uri], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RootUnavailableError(f"debootstrap {suite} failed: {done.stdout.strip()[-300:]}")


def furnish(root: Path, archive: Source) -> None:
    """Settings that make apt fetch as this machine does, and not do more than it must."""
    settings, files = machine_settings(archive)
    for name, text in {**FURNITURE, "etc/apt/apt.conf.d/80machine": settings}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (root / "usr/sbin/policy-rc.d").chmod(0o755)
    for file in files:
        target = root / file.relative_to("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)


def packed(root: Path) -> Iterator[bytes]:
    """The folder as a stream of tar."""
    with subprocess.Popen(
        ["tar", "--one-file-system", "-C", root, "-c", "."], stdout=subprocess.PIPE
    ) as tar:
        assert tar.stdout is not None
        while chunk := tar.stdout.read(1 << 20):
            yield chunk
    if tar.returncode:
        raise RootUnavailableError(f"tar failed with {tar.returncode}")
