"""Training of the shipped weights, one module per model; never imported at run time."""
