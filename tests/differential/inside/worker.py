"""Runs programs for one side: a line of JSON in (a program), a line of JSON out (its report).

    python -m tests.differential.inside.worker PACKAGE

Each program runs in a module and an empty directory of its own. Its standard output goes to
standard error, because ours belongs to the protocol.
"""

from __future__ import annotations

import json
import linecache
import os
import sys
import traceback
import types
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.differential.inside.beginning import model, named
from tests.differential.inside.comparable import Serialiser
from tests.differential.inside.sending import listen, sent


class Report:
    """What one program has to say."""

    def __init__(self, serialiser: Serialiser) -> None:
        self._serialiser = serialiser
        self.steps: dict[str, Any] = {}
        self.differs: dict[str, str] = {}
        self.uncaught: Any = None
        self.trace = ""

    def report(self, name: str, value: object) -> None:
        """The program's `report(name, value)`."""
        if name in self.steps:
            raise ValueError(f"the step {name!r} has been reported before")
        self.steps[name] = self._serialiser.write(value)

    def attempt(
        self, name: str, function: Callable[..., object], /, *arguments: object, **options: object
    ) -> None:
        """The program's `attempt(name, function, *…, **…)`: report its result or its error."""
        try:
            value = function(*arguments, **options)
        except Exception as error:  # noqa: BLE001 - an error is a result here
            value = error
        self.report(name, value)

    def declare(self, name: str, *, why: str) -> None:
        """The program's `differs(name, why=…)`."""
        if not why.strip():
            raise ValueError(f"differs({name!r}) without a reason")
        self.differs[name] = why

    def fail(self, error: BaseException) -> None:
        """The program ended by an error it did not catch."""
        self.uncaught = self._serialiser.write(error)
        self.trace = "".join(traceback.format_exception(error))


def run(source: str, name: str, package: str) -> Report:
    """Execute a program in a fresh module, after what it begins with, and return its report."""
    report = Report(Serialiser(package))
    # Mapped classes look their annotations up in their module, so it must be a registered one.
    module = types.ModuleType(name)
    module.__dict__.update(
        report=report.report, attempt=report.attempt, differs=report.declare, sent=sent
    )
    sys.modules[name] = module
    sent()
    try:
        for begun in named(source):
            execute(model(begun, package), f"<{name} begins with {begun}>", module)
        execute(source, f"<{name}>", module)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - it is what is reported
        report.fail(error)
    finally:
        del sys.modules[name]
    return report


def execute(source: str, file: str, module: types.ModuleType) -> None:
    """Execute a source in a module, under a name by which tracebacks can show its lines."""
    linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
    exec(compile(source, file, "exec", dont_inherit=True), module.__dict__)


def main(package: str) -> None:
    """Serve until standard input ends."""
    answers, sys.stdout = sys.stdout, sys.stderr
    home = Path.cwd()
    listen()
    import_module(package)
    for number, line in enumerate(sys.stdin):
        with TemporaryDirectory(prefix="program-") as folder:
            os.chdir(folder)
            report = run(json.loads(line), f"program_{number}", package)
            os.chdir(home)
        fields = ("steps", "differs", "uncaught", "trace")
        answer = {field: getattr(report, field) for field in fields}
        print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
