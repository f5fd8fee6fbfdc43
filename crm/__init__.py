"""The record: what was agreed, with whom, on what evidence, and what became of it."""
