"""No index ever answers for the name `toolkit`: on the public one it is another project."""

from pathlib import Path

import pytest

from tests.packaging.workshop import Environment


def test_an_install_without_our_wheels_fails_instead_of_asking_an_index(tmp_path: Path) -> None:
    environment = Environment.create(tmp_path / "empty")
    with pytest.raises(AssertionError, match="No matching distribution found for toolkit"):
        environment.install("toolkit", links=[tmp_path])
