"""Real servers for the tests: see docs/testing.md."""
