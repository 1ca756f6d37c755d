"""Engines, connections, transactions and results: the only rooms that do input and output."""
