"""Rounds of review and approval."""
