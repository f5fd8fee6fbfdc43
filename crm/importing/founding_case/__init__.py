"""The founding case: a city's trip to CES 2023, with its contradictions kept. Checked whole, then loaded."""
