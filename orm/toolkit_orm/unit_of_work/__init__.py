"""From changes to statements, in order."""
