"""From statements to SQL: written once per shape, kept, and only filled with values after."""
