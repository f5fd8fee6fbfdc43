"""Base exchange rates: imported from files, read here."""
