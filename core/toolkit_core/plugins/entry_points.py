"""Which distribution claims a name: looked up without ``importlib_metadata`` where that is safe.

``importlib_metadata`` is the authority, and what it brings costs more to import than the rest
of an engine.  The common case needs a few of its rules only: look through ``sys.path`` for
folders of distributions and read their ``entry_points.txt``.  Wherever another rule might
apply, nothing is concluded and the authority is asked.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator

from toolkit_core.lazy_module import lazy_module
from toolkit_core.records import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

    import importlib_metadata
else:
    importlib_metadata = lazy_module("importlib_metadata")


# Both have a name, a value, and a distribution with name and version.
Claim: TypeAlias = "FolderClaim | importlib_metadata.EntryPoint"


def entry_points(group: str, name: str | None = None) -> Iterable[Claim]:
    """Return the entry points of a group, or the ones of a name in it."""
    if name is None:
        return importlib_metadata.entry_points(group=group)
    found = claims_seen(group, name)
    # That there is none, or more than one, makes an error: it had better be certain.
    if found is not None and len(found) == 1:
        return found
    return importlib_metadata.entry_points(group=group, name=name)


def is_claimed(group: str, name: str) -> bool:
    """Tell whether any distribution claims a name."""
    found = claims_seen(group, name)
    if found is None:
        return bool(importlib_metadata.entry_points(group=group, name=name))
    return bool(found)


class Folder(Record):
    """A distribution, as the folder that describes it: ``acme-1.0.dist-info``."""

    path: str

    @property
    def name(self) -> str:
        """The distribution's name."""
        return self._header("Name") or self._of_path(0)

    @property
    def version(self) -> str:
        """The distribution's version."""
        return self._header("Version") or self._of_path(1)

    def entry_points(self, group: str) -> str | None:
        """Return the text of the entry points if it mentions the group."""
        path = f"{self.path}/entry_points.txt"
        # Most have none, and an exception for each would take half of the time.
        if not os.access(path, os.F_OK):
            return None
        with open(path, "rb") as file:  # noqa: PTH123 - pathlib costs 2 ms to import
            told = file.read()
        return told.decode() if group.encode() in told else None

    def _header(self, header: str) -> str | None:
        for file in ("METADATA", "PKG-INFO"):
            try:
                with open(f"{self.path}/{file}", encoding="utf-8") as lines:  # noqa: PTH123 - as above
                    for line in lines:
                        if line.startswith(f"{header}:"):
                            return line.partition(":")[2].strip()
                        if not line.strip():
                            break
            except OSError:
                continue
        return None

    def _of_path(self, position: int) -> str:
        parts = os.path.basename(self.path).rpartition(".")[0].split("-")  # noqa: PTH119 - as above
        return parts[position] if position < len(parts) else "0"


class FolderClaim(Record):
    """An entry point that was read without ``importlib_metadata``."""

    name: str
    value: str
    dist: Folder


_ENDINGS = (".dist-info", ".egg-info")


class UnsureError(Exception):
    """Something is there that only the authority can judge."""


def claims_seen(group: str, name: str) -> list[FolderClaim] | None:
    """Return the claims to a name, or None where only ``importlib_metadata`` can tell."""
    if any(_brings_distributions(finder) for finder in sys.meta_path):
        return None
    try:
        return [
            FolderClaim(name, value, folder)
            for folder, text in _descriptions(group)
            for claimed, value in _lines(text, group)
            if claimed == name
        ]
    except (UnsureError, OSError, UnicodeDecodeError):
        return None


def _brings_distributions(finder: object) -> bool:
    """Tell whether a finder knows distributions beside those in the folders of ``sys.path``."""
    if getattr(finder, "find_distributions", None) is None:
        return False
    cls = finder if isinstance(finder, type) else type(finder)
    return cls.__module__ not in ("_frozen_importlib_external", "importlib_metadata")


def _descriptions(group: str) -> Iterator[tuple[Folder, str]]:
    by_name: dict[str, list[Folder]] = {}
    for path in _folders():
        by_name.setdefault(_normalized(path), []).append(Folder(path))
    for folders in by_name.values():
        texts = [(folder, text) for folder in folders if (text := folder.entry_points(group))]
        if texts and len(folders) > 1:
            raise UnsureError(f"which of {folders} hides the other?")
        yield from texts


def _folders() -> Iterator[str]:
    for place in dict.fromkeys(sys.path):
        if place.lower().rstrip("/\\").endswith(".egg"):
            raise UnsureError(place)
        try:
            children = os.listdir(place or ".")  # noqa: PTH208 - as above
        except FileNotFoundError:
            continue
        for child in children:
            if child.endswith(_ENDINGS):
                yield f"{place or '.'}/{child}"
            elif child.lower().endswith(_ENDINGS):
                raise UnsureError(child)


def _normalized(path: str) -> str:
    """Return the name of a distribution in the one form that all its spellings share.

    >>> _normalized("/lib/Zope.Interface-5.0.dist-info"), _normalized("a--b.egg-info")
    ('zope_interface', 'a')
    """
    stem = path.rpartition("/")[2].rpartition(".")[0].partition("-")[0]
    parts = stem.lower().replace(".", "_").split("_")
    return "_".join(part for part in parts if part)


def _lines(text: str, group: str) -> Iterator[tuple[str, str]]:
    section = None
    for line in map(str.strip, text.splitlines()):
        if not line or line.startswith("#"):
            continue
        if line.startswith("[") and line.endswith("]"):
            section = line.strip("[]")
        elif section == group:
            name, _, value = (part.strip() for part in line.partition("="))
            # Extras, and whatever else may stand there.
            if not all(part.isidentifier() for part in value.replace(":", ".", 1).split(".")):
                raise UnsureError(line)
            yield name, value
