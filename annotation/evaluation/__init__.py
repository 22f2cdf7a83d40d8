"""How well the path does on labelled documents: labels and records in, figures and their errors out.

words · units → comparing (one document) → figures · calibration · faults (all of them); docs/evaluation.md
says what each figure means. Nothing here reads files but gold.py, and nothing prints.
"""
