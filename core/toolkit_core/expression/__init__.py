"""The expression language: statements and their parts, as data."""
