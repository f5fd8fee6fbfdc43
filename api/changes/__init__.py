"""The change feed: what changed, in the order in which it became visible."""
