"""Who may do and see what: roles, accounts, sessions, tokens, and the row filters that enforce it."""
