"""Documents that are sent in: received with bounds, read by workers of any process, followed to their end."""
