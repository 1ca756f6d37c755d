"""The pools: counting, waiting, checking, resetting."""
