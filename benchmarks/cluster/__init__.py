"""The real ledger under a fleet of workers that read nothing: its cost a document, its fairness."""
