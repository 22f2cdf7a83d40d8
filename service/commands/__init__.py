"""The commands that the store stands behind; service/cli.py imports each when it is called."""
