"""The one calculation: whoever shows a number gets it from here. Reads the ledger as of a time, never the clock."""
