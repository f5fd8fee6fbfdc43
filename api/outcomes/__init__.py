"""What came of it: agreements, contracts, promises."""
