"""A year of an invented office, lived day by day through the real store (`make simulate-year`)."""
