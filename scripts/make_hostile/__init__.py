"""Files that do harm, or look as if they did: made by generators, each with what must become of it."""
