"""Facts about the machine and the libraries that figures were measured with."""

from __future__ import annotations

import json
import os
import platform
import sqlite3
import sys
from importlib import import_module
from importlib.machinery import ExtensionFileLoader
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

DISTRIBUTIONS = ("toolkit", "SQLAlchemy", "peewee", "Django", "greenlet")


def peak_memory() -> int | None:
    """The most memory this process has ever held, in bytes, where the system tells.

    The kernel's own high-water mark of this program is read, since `ru_maxrss` starts with the
    parent's. https://man7.org/linux/man-pages/man5/proc_pid_status.5.html
    """
    try:
        status = Path("/proc/self/status").read_text(encoding="utf-8")
    except OSError:
        return None
    lines = (line for line in status.splitlines() if line.startswith("VmHWM:"))
    return next((int(line.split()[1]) * 1024 for line in lines), None)


def processor() -> str:
    """The processor's name, as far as the system tells."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or platform.machine())


def installed_version(name: str) -> str:
    """The version of a distribution in the interpreter that runs this."""
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def compiled_modules(package: str) -> list[str]:
    """The modules of a package that are machine code, once it has been imported."""
    import_module(package)
    return sorted(
        name
        for name, module in sys.modules.items()
        if name.split(".")[0] == package
        and isinstance(getattr(module.__spec__, "loader", None), ExtensionFileLoader)
    )


def facts() -> dict[str, object]:
    """All facts, as JSON carries them."""
    return {
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "sqlite": sqlite3.sqlite_version,
        "system": f"{platform.system()} {platform.machine()}",
        "processor": processor(),
        "cores": os.cpu_count(),
        "versions": {name: installed_version(name) for name in DISTRIBUTIONS},
        "sqlalchemy_compiled": compiled_modules("sqlalchemy"),
    }


if __name__ == "__main__":
    print(json.dumps(facts()))
