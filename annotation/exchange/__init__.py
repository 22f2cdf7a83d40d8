"""Labelled documents ⇄ files of other tools: a module for each form, all over the same regions and links."""
