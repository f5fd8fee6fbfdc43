"""Files that become records: read, checked whole, then applied by the actions."""
