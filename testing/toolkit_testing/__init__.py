"""pytest plugin and dialect compliance suite for toolkit."""
