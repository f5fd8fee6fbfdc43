"""Companies, institutions and their other names."""
