"""The commands of the five documents."""

from __future__ import annotations

import subprocess
import sys

from tests.differential.spelling import ours
from tests.documents.snippets import pieces
from toolkit import __version__


def test_the_version_is_told() -> None:
    command = ours(pieces("001")["check_version"]).split()
    ran = subprocess.run([sys.executable, *command[1:]], capture_output=True, text=True, check=True)
    assert ran.stdout.split()[-1] == __version__
