"""What the leaders' pages show, kept out of templates and views."""
