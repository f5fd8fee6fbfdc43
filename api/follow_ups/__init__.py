"""What has to be done next."""
