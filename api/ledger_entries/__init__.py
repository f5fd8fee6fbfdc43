"""The ledger: read, added to, corrected by reversal; never patched."""
