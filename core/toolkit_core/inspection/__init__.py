"""What is in a database: the Inspector, and tables made of what it reads."""
