"""What mapped objects carry: their state, and how attributes are read and set."""
