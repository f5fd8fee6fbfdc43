"""What the pages show, kept out of templates and views."""
