"""The oracle's environment: the other library as a black box, in an environment of its own."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from tools.environment import ROOT, EnvironmentFailed, PinnedEnvironment

ENVIRONMENT = PinnedEnvironment(
    folder=ROOT / ".cache" / "oracle",
    names=("sqlalchemy", "greenlet", "aiosqlite"),
    constraints=ROOT / "tests" / "differential" / "constraints.txt",
)


class OracleMissing(Exception):
    """The oracle cannot be installed here; on a developer's machine a reason to skip."""


@cache
def oracle_python() -> Path:
    """The oracle's interpreter; under CI a failure to make it is a failure of the test."""
    try:
        return ENVIRONMENT.ensure()
    except EnvironmentFailed as error:
        if os.environ.get("CI") == "true":
            raise
        raise OracleMissing(str(error)) from error
