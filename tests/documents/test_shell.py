"""The commands of the five documents."""

from __future__ import annotations

import subprocess
import sys

from tests.differential.spelling import ours
from tests.documents.programs import NOT_RUN
from tests.documents.snippets import pieces
from toolkit import __version__
from toolkit.ext import asyncio


def test_the_version_is_told() -> None:
    command = ours(pieces("001")["check_version"]).split()
    ran = subprocess.run([sys.executable, *command[1:]], capture_output=True, text=True, check=True)
    assert ran.stdout.split()[-1] == __version__


def test_what_is_said_not_to_be_there_is_not() -> None:
    """Take the reason away, and write the program, when this fails."""
    assert ("004", "asyncio") in NOT_RUN
    assert not hasattr(asyncio, "AsyncSession")
