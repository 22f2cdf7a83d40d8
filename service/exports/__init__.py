"""Exports: tables of tasks that are made in the background and fetched by a link, kept for a while."""
