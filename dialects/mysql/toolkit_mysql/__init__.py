"""MySQL and MariaDB for toolkit."""
