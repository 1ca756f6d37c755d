"""Statements about classes."""
