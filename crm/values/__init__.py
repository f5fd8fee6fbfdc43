"""Plain Python values: money, names, periods, measures. No Django, no database, no clock."""
