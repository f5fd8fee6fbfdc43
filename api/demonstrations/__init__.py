"""Demonstrations of a technology at a testbed site."""
