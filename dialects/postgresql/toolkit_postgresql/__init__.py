"""PostgreSQL for toolkit."""
