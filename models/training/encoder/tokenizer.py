"""Lines of Vietnamese text in, a tokenizer by pairs (BPE) out, as Hugging Face's AutoTokenizer loads it.

Accents are kept; letter case, the two styles of placing a tone mark and the digits of a number make no
difference, so that a small vocabulary holds nearly every syllable whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors, trainers

PAD, UNKNOWN, BEGIN, END, MASK = SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
_OFTEN = 5  # times that a piece is seen, else it is put together of smaller ones
_TONES = (
    ("oà oá oả oã oạ oè oé oẻ oẽ oẹ uỳ uý uỷ uỹ uỵ"),
    ("òa óa ỏa õa ọa òe óe ỏe õe ọe ùy úy ủy ũy ụy"),
)


def taught(lines: Iterable[str], size: int) -> Tokenizer:
    """A tokenizer of at most `size` pieces; the same lines give the same one."""
    made = Tokenizer(models.BPE(unk_token=UNKNOWN))
    made.normalizer = normalizers.Sequence(
        [
            normalizers.NFC(),
            normalizers.Lowercase(),
            *(normalizers.Replace(new, old) for new, old in zip(*map(str.split, _TONES), strict=True)),
            normalizers.Replace(Regex(r"\d+"), "0"),
        ]
    )
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    made.train_from_iterator(
        lines,
        trainers.BpeTrainer(
            vocab_size=size, min_frequency=_OFTEN, special_tokens=list(SPECIAL), show_progress=False
        ),
    )
    ids = [(word, made.token_to_id(word)) for word in (BEGIN, END)]
    made.post_processor = processors.TemplateProcessing(
        single=f"{BEGIN} $A {END}", pair=f"{BEGIN} $A {END} $B {END}", special_tokens=ids
    )
    return made


def save(made: Tokenizer, folder: Path) -> None:
    """The tokenizer beside an encoder's weights."""
    from transformers import PreTrainedTokenizerFast

    PreTrainedTokenizerFast(
        tokenizer_object=made,
        unk_token=UNKNOWN,
        pad_token=PAD,
        cls_token=BEGIN,
        sep_token=END,
        mask_token=MASK,
    ).save_pretrained(folder)
