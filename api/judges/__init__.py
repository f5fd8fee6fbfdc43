"""Judges of pitch competitions."""
