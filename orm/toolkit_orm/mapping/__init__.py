"""Mapping: from classes to tables, and how classes belong to each other."""
