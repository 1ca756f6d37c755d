"""One side of a comparison: a worker process that runs programs under one library."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from threading import Timer
from typing import Any

from tools.environment import ROOT

WORKER = "tests.differential.inside.worker"
PATIENCE_SECONDS = 60.0
GRACE_SECONDS = 5.0


@dataclass(frozen=True)
class Report:
    """What a program reported on one side."""

    steps: dict[str, Any] = field(default_factory=dict)
    differs: dict[str, str] = field(default_factory=dict)
    uncaught: Any = None
    trace: str = ""


class WorkerDied(Exception):
    """The worker process ended, or had to be ended, before it answered."""


class Side:
    """A worker that lives until `close`; one that died is started anew for the next program."""

    def __init__(self, python: Path, package: str, patience: float = PATIENCE_SECONDS) -> None:
        self._command = [str(python), "-m", WORKER, package]
        self._patience = patience
        self._process: subprocess.Popen[str] | None = None
        self._errors = TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 -- closed by `close`

    def run(self, source: str) -> Report:
        """Run a program and return its report."""
        process = self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        watch = Timer(self._patience, process.kill)
        watch.start()
        try:
            process.stdin.write(json.dumps(source) + "\n")
            process.stdin.flush()
            answer = process.stdout.readline()
        except BrokenPipeError:
            answer = ""
        finally:
            watch.cancel()
        if not answer:
            raise WorkerDied(self._last_words())
        return Report(**json.loads(answer))

    def close(self) -> None:
        """End the worker."""
        self._end()
        self._errors.close()

    def _running(self) -> subprocess.Popen[str]:
        if self._process is None:
            self._process = subprocess.Popen(
                self._command,
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
                env=worker_environment(),
                text=True,
                encoding="utf-8",
            )
        return self._process

    def _end(self) -> int:
        process, self._process = self._process, None
        if process is None:
            return 0
        try:
            process.communicate(timeout=GRACE_SECONDS)  # closes its input, by which it ends
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
        return process.returncode

    def _last_words(self) -> str:
        status = self._end()
        self._errors.seek(0)
        words = self._errors.read().strip()[-2000:]
        return f"the worker ended with {status}\n{words}"


def worker_environment() -> dict[str, str]:
    """The caller's environment without Python's settings, and with sets in one order."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return {**kept, "PYTHONHASHSEED": "0", "PYTHONIOENCODING": "utf-8", "PYTHONUTF8": "1"}
