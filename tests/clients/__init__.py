"""Ready-made clients, as they come from their makers, at the API."""
