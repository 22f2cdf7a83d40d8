"""Whether all that is kept is whole, a copy of it, and the copy back in its place."""
