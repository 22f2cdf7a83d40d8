"""A second reader, learned from labelled documents: it knows none of the rules of pipeline/assignments.

pieces (what is judged) → mentions (units and deadlines in them) → judging (what every judge says of them) →
read (tasks). The judge that ships is in taggers.py, over features.py; model.py has its weights,
models/training/reader.py teaches them.
"""
