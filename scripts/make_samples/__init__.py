"""Builds the sample directives of data/samples from the texts beside this package."""
