"""Exhibitors at events."""
