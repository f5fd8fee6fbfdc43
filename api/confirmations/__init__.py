"""Links by which partners confirm what the city claims."""
