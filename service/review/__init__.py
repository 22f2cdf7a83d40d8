"""What people decide about extracted tasks: their values, merges of two people's work, grouped changes."""
