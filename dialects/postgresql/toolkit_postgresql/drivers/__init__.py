"""Drivers of PostgreSQL, one per file."""
