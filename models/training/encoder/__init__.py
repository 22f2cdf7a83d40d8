"""Teaches an encoder to judge a document's pieces (models/encoder); needs the extra `train`.

tokenizer → corpus → pretrain (an own encoder from bare text) → network, finetune (any encoder, from labelled
documents) → export (ONNX, int8) → figures. `python -m models.training.encoder --help`.
"""
