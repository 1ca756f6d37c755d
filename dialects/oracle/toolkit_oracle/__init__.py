"""Oracle for toolkit."""
