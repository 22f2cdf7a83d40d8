"""Documents that are one: a scan and the .doc of a directive, a copy from the web; found by their words,
proposed to people, joined when they agree (docs/duplicates.md)."""
