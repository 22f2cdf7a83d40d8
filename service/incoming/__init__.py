"""Mail that comes in: read from a folder of an IMAP server, its attachments taken as uploads are."""
