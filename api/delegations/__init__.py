"""Who answers and decides in whose place."""
