"""Leaders' pages."""
