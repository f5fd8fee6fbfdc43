"""Forms: what a person types, turned into what an action takes."""
