"""The kernel's upper half: mapping, session, unit of work, loading."""
