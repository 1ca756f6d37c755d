"""toolkit: a SQL toolkit and object-relational mapper."""
