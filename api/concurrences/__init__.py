"""What departments are asked about outcomes, and what they answer."""
