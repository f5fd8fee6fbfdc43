"""Many rows of one resource in one request."""
