"""Bureaus, divisions and teams."""
