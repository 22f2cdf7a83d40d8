"""Webhooks: other software is told what happened, signed, and fetches what it may see."""
