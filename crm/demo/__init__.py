"""The demonstration: the founding case and one account a role, all marked as such."""
