"""What PostgreSQL's SQL has beside everybody's."""
