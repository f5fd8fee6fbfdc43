"""Instructions from leadership."""
