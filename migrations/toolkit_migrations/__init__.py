"""Schema migrations for toolkit, with the verbs of Alembic."""
