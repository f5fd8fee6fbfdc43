"""Builders of the report object. A module a report, and a module a part that reports share."""
