"""Drivers of SQLite, one per file."""
