"""Figures and the documents that show them. Owns no tables, reads only."""
