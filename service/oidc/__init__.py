"""Logging in by an OpenID provider of the office, where one is configured; passwords go on beside it."""
