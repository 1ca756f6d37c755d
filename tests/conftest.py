"""What every test may use; the real servers are in tests/containers."""

pytest_plugins = ["pytester", "tests.containers.matrix"]
