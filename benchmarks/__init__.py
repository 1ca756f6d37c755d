"""Measures toolkit against raw DBAPI programs and against its peers: `python -m benchmarks`.

Only the standard library is needed to start it; what is measured lives in an environment of its
own, and every figure comes from a fresh process there.
"""
