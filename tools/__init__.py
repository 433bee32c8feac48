"""What sets the project up and runs it, written with the standard library alone."""
