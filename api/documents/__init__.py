"""Documents as evidence: what is said about them. Files are attached on the pages."""
