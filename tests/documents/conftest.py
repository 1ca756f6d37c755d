"""The harness that runs programs under both libraries."""

from tests.differential.conftest import harness

__all__ = ["harness"]
