"""Sends what is due to the clients' webhooks."""
