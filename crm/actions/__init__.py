"""The only writers of the record: plain typed functions with a verb for a name. A module a noun."""
