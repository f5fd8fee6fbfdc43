"""What the scheduler calls: the clock is read here, and the actions do the rest."""
