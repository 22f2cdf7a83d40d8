"""`python -m scripts.make_samples [ID…]`: builds data/samples; without IDs, all of it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from scripts.make_samples import envelope, legacy, pdf, plain, scan, stamped, word
from scripts.make_samples.fonts import FontsMissingError
from scripts.make_samples.labels import index_tsv, label_json
from scripts.make_samples.markup import read_sample
from scripts.make_samples.model import Mark, Sample

TEXTS = Path(__file__).parent / "texts"
TARGET = Path(__file__).parents[2] / "data" / "samples"


def _scan_pdf(sample: Sample) -> bytes:
    return scan.as_pdf(
        sample, scan.pictures(sample, pdf.typeset(sample)), str(sample.options.get("layer", ""))
    )


def _mixed(sample: Sample) -> bytes:
    scanned = sample.options["scanned"]
    assert isinstance(scanned, list)
    return scan.mixed(sample, pdf.typeset(sample), scanned)


def _stamped_pdf(sample: Sample) -> bytes:
    words = sample.options["stamped"]
    assert isinstance(words, list)
    return stamped.stamp(pdf.typeset(sample), words)


def _packet(sample: Sample) -> bytes:
    letter, annex = envelope.split_annex(sample)
    return envelope.packet(
        {"van-ban.docx": word.write(sample, blocks=letter), "phu-luc.xlsx": envelope.workbook(annex)}
    )


def _edxml(sample: Sample) -> bytes:
    return envelope.edxml(sample, word.write(sample), "van-ban.docx")


def _tcvn3_doc(sample: Sample) -> bytes:
    return legacy.to_doc(legacy.tcvn3_rtf(sample), ".rtf")


# Each output: the file's suffix and what makes its bytes.
BUILDERS: dict[str, tuple[str, Callable[[Sample], bytes]]] = {
    "pdf": (".pdf", pdf.typeset),
    "docx": (".docx", word.write),
    "scan_pdf": (".pdf", _scan_pdf),
    "mixed_pdf": (".pdf", _mixed),
    "stamped_pdf": (".pdf", _stamped_pdf),
    "png": (".png", lambda s: scan.as_png(scan.pictures(s, pdf.typeset(s)), scan.look_of(s).dpi)),
    "tiff": (".tiff", lambda s: scan.as_tiff(scan.pictures(s, pdf.typeset(s)), scan.look_of(s).dpi)),
    "txt": (".txt", lambda s: plain.text(s).encode()),
    "nfd_txt": (".txt", lambda s: plain.text(s, "NFD").encode()),
    "md": (".md", lambda s: plain.markdown(s).encode()),
    "html": (".html", lambda s: plain.html(s).encode()),
    "doc": (".doc", lambda s: legacy.to_doc(word.write(s), ".docx")),
    "tcvn3_doc": (".doc", _tcvn3_doc),
    "tcvn3_rtf": (".rtf", legacy.tcvn3_rtf),
    "vni_txt": (".txt", lambda s: legacy.vni_text(plain.text(s))),
    "viscii_txt": (".txt", lambda s: legacy.viscii_text(plain.text(s))),
    "jpeg": (".jpg", lambda s: scan.as_jpeg(scan.pictures(s, pdf.typeset(s)), scan.look_of(s))),
    "edxml": (".edxml", _edxml),
    "zip": (".zip", _packet),
}


def file_name(sample: Sample) -> str:
    """The sample's file below data/samples."""
    return sample.id + BUILDERS[sample.output][0]


def read_all() -> list[Sample]:
    """All samples, by id."""
    return [read_sample(path) for path in sorted(TEXTS.glob("*.toml"))]


def _write_lists(samples: list[Sample]) -> None:
    files = {sample.id: file_name(sample) for sample in samples}
    (TARGET / "INDEX.tsv").write_text(index_tsv(samples, files), encoding="utf-8")
    shown = "".join(f"{files[sample.id]}\n" for sample in samples if sample.demo)
    (TARGET / "demo.txt").write_text(shown, encoding="utf-8")


def _build(sample: Sample, labels_only: bool) -> None:
    if Mark("foot") not in sample.blocks:
        raise AssertionError(sample.id)
    (TARGET / "labels" / f"{sample.id}.json").write_text(label_json(sample), encoding="utf-8")
    if labels_only:
        return
    content = BUILDERS[sample.output][1](sample)
    (TARGET / "sources" / file_name(sample)).write_bytes(content)
    print(f"{sample.id}\t{file_name(sample)}\t{len(content)}\t{len(sample.tasks)} tasks", file=sys.stderr)


def main(arguments: list[str] | None = None) -> int:
    """Builds what is asked for; exit status 1 where a program or typeface is missing."""
    parser = argparse.ArgumentParser(prog="make_samples", description=__doc__)
    parser.add_argument("ids", nargs="*", help="only these samples")
    parser.add_argument("--labels", action="store_true", help="only labels and index, no files")
    options = parser.parse_args(arguments)
    samples = read_all()
    for folder in ("labels", "sources"):
        (TARGET / folder).mkdir(parents=True, exist_ok=True)
    failed = 0
    for sample in samples:
        if options.ids and sample.id not in options.ids:
            continue
        try:
            _build(sample, options.labels)
        except (FontsMissingError, legacy.OfficeMissingError) as missing:
            print(f"{sample.id}: not built: {missing}", file=sys.stderr)
            failed += 1
    _write_lists(samples)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
