"""The very numbers of the reports."""
