"""The contract: what an API client may rely on."""
