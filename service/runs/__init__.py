"""Runs over archives: what is planned, how far they are, what became of every file, and their reports."""
