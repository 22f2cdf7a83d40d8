"""Figures of this process and of the store, for those who operate it; never a document's text."""
