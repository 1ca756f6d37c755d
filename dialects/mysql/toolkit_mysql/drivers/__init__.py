"""Drivers of MySQL and MariaDB, one per file."""
