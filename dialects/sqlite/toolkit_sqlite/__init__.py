"""SQLite for toolkit."""
