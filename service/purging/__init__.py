"""Removing a document from everything that the product keeps."""
