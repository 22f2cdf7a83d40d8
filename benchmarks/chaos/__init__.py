"""An archive run whose processes are killed and whose database falls over (`make chaos`)."""
