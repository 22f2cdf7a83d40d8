"""Who changed what and when: a chain of hashes that shows tampering, values that a purge can erase."""
