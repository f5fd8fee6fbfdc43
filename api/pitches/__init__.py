"""Entries in pitch competitions."""
