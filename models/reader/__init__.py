"""A second reader, learned from labelled documents: it knows none of the rules of pipeline/assignments.

pieces (what is judged) → mentions (units and deadlines in them) → features (what is seen) → read (tasks);
model.py has the shipped weights, models/training/reader.py teaches them.
"""
