"""The window. pygame lives here and only here."""
