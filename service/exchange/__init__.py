"""The exchange of electronic documents as the office takes part in it: answers to senders, letters out."""
