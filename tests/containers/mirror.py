"""Where this machine takes its Debian packages from, read from its own apt configuration.

Images are built from the same place with the same settings. Nothing of it is written down in the
tree: a mirror's address belongs to a machine, not to a project.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

APT = Path("/etc/apt")
OS_RELEASE = Path("/etc/os-release")
CA_BUNDLE = Path("/etc/ssl/certs/ca-certificates.crt")


class MirrorUnknownError(Exception):
    """The machine's apt names no Debian archive."""


@dataclass(frozen=True)
class Source:
    """One archive as apt knows it."""

    uri: str
    suites: tuple[str, ...]
    components: tuple[str, ...]
    keyring: str | None = None


def parse_one_line(text: str) -> Iterator[Source]:
    """The sources of a ``.list`` file.

    >>> [source.suites for source in parse_one_line("deb [arch=amd64] http://m.example/d sid main")]
    [('sid',)]
    """
    for raw in text.splitlines():
        line = raw.partition("#")[0]
        entry = re.fullmatch(r"\s*deb\s+(?:\[([^\]]*)\]\s*)?(\S+)\s+(\S+)((?:\s+\S+)*)\s*", line)
        if entry is None:
            continue
        options, uri, suite, components = entry.groups()
        keyring = re.search(r"(?i)\bsigned-by=(/\S+)", options or "")
        yield Source(
            uri.rstrip("/"), (suite,), tuple(components.split()), keyring and keyring.group(1)
        )


def parse_deb822(text: str) -> Iterator[Source]:
    """The sources of a ``.sources`` file: stanzas of ``Field: value``.

    >>> stanza = "Types: deb\\nURIs: http://m.example/d\\nSuites: sid\\nComponents: main"
    >>> [source.uri for source in parse_deb822(stanza)]
    ['http://m.example/d']
    """
    uncommented = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    for stanza in re.split(r"\n\s*\n", uncommented):
        # A line that starts with a blank continues the field above it.
        unfolded = re.sub(r"\n[ \t]+", " ", stanza)
        pairs = (line.split(":", 1) for line in unfolded.splitlines() if ":" in line)
        fields = {name.strip().lower(): value.strip() for name, value in pairs}
        if "deb" not in fields.get("types", "").split():
            continue
        if fields.get("enabled", "yes").lower() in {"no", "false"}:
            continue
        keyring = fields.get("signed-by", "")
        for uri in fields.get("uris", "").split():
            yield Source(
                uri.rstrip("/"),
                tuple(fields.get("suites", "").split()),
                tuple(fields.get("components", "").split()),
                # It may also hold the key itself; debootstrap can only be given a file.
                keyring if keyring.startswith("/") else None,
            )


def machine_sources(apt: Path = APT) -> Iterator[Source]:
    """Every archive that apt reads on this machine."""
    for path in [apt / "sources.list", *sorted((apt / "sources.list.d").glob("*.list"))]:
        if path.is_file():
            yield from parse_one_line(path.read_text(encoding="utf-8"))
    for path in sorted((apt / "sources.list.d").glob("*.sources")):
        yield from parse_deb822(path.read_text(encoding="utf-8"))


def release_codename(os_release: Path = OS_RELEASE) -> str:
    """The name of the Debian release that runs here, or nothing."""
    text = os_release.read_text(encoding="utf-8") if os_release.is_file() else ""
    codename = re.search(r"(?m)^VERSION_CODENAME=\"?(\w+)", text)
    return codename.group(1) if codename else ""


def debian_archive(apt: Path = APT, os_release: Path = OS_RELEASE) -> Source:
    """The archive that holds the running release itself: every other suite lies beside it."""
    codename = release_codename(os_release)
    for source in machine_sources(apt):
        fetchable = source.uri.startswith(("http://", "https://"))
        if fetchable and "main" in source.components and codename in source.suites:
            return source
    raise MirrorUnknownError(f"apt names no archive with the main packages of {codename or 'this'}")


def acquire_settings(dump: str) -> str:
    """Of ``apt-config dump``, how to fetch: proxies, certificates, timeouts.

    Only what is set: bare section names carry nothing, and hooks are the machine's own affair.

    >>> acquire_settings('APT "";\\nAcquire "";\\nAcquire::http::Proxy "http://p.example";')
    'Acquire::http::Proxy "http://p.example";\\n'
    """
    wanted = re.findall(r'(?m)^Acquire::(?!IndexTargets)\S+ "[^"]+";$', dump)
    return "".join(f"{line}\n" for line in wanted)


def files_named_in(settings: str) -> list[Path]:
    """The certificates and keys that the settings point at: they must come along."""
    named = {Path(value) for value in re.findall(r'"(/[^"]+)"', settings)}
    return sorted(path for path in named if path.is_file())


def machine_settings(archive: Source) -> tuple[str, list[Path]]:
    """How this machine fetches packages, and the files it needs for that."""
    dump = subprocess.run(["apt-config", "dump"], capture_output=True, text=True, check=True)
    settings = acquire_settings(dump.stdout)
    files = files_named_in(settings)
    if archive.uri.startswith("https://") and CA_BUNDLE.is_file() and CA_BUNDLE not in files:
        files.append(CA_BUNDLE)
    return settings, files
