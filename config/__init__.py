"""Settings, addresses and the doors of the two servers."""
