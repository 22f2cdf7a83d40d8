"""A second reader's judge made of a fine-tuned encoder, run by onnxruntime without torch (extra `encoder`).

slices (text → windows of tokens) and facts (what is no text) → sight (both, of a whole document) → judge
(what an encoder and its heads say of it); model.py has the files. models/training/encoder teaches it.
"""
