"""Criteria of pitch competitions."""
