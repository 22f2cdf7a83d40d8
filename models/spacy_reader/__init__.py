"""A learned reader that is a spaCy pipeline, judged beside the one that ships (models/reader).

words (tokens that keep offsets) → docs (what the pipeline sees of a piece) → judge (what it says of it);
config.cfg is what `spacy train` is told, models/training/spacy_reader.py trains and measures. Needs the extra
`learn`; nothing of the path imports it.
"""
