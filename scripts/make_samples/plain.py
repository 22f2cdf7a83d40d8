"""Writes a sample as plain text, Markdown or HTML."""

from __future__ import annotations

import unicodedata
from html import escape

from scripts.make_samples.model import Block, Grid, Heading, Mark, Para, Sample
from scripts.make_samples.pdf import issuer_lines


def _head_lines(head: Heading) -> list[str]:
    nation = (
        ["ĐẢNG CỘNG SẢN VIỆT NAM"]
        if head.party
        else ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    )
    lines = [*nation, "", *head.issuer, f"Số: {head.number}"]
    if head.is_letter:
        lines.append(f"V/v {head.subject}")
    lines += [f"{head.place}, {head.date}", ""]
    if not head.is_letter:
        lines += [head.title, head.subject, ""]
    return lines + _addressees(head)


def _addressees(head: Heading) -> list[str]:
    if len(head.addressees) == 1:
        return [f"Kính gửi: {head.addressees[0]}", ""]
    return ["Kính gửi:", *(f"- {line}" for line in head.addressees), ""] if head.addressees else []


def _foot_lines(head: Heading) -> list[str]:
    recipients = ["Nơi nhận:", *head.recipients, ""] if head.recipients else []
    return ["", *recipients, *head.signature, "", head.signer, ""]


def text(sample: Sample, form: str = "NFC") -> str:
    """The sample as lines of text, a paragraph a line, in the Unicode form asked for."""
    lines = _head_lines(sample.heading)
    for block in sample.blocks:
        if isinstance(block, Mark):
            lines += _foot_lines(sample.heading) if block.what == "foot" else [""]
        elif isinstance(block, Grid):
            lines += ["\t".join(cell.text for cell in row) for row in block.rows]
        else:
            lines.append(block.text)
    return unicodedata.normalize(form, "\n".join(lines).strip() + "\n")  # type: ignore[arg-type]


def markdown(sample: Sample) -> str:
    """The sample as Markdown: emphasis for headings, pipes for tables."""
    head = sample.heading
    lines = [line and f"{line}  " for line in _head_lines(head)]
    for block in sample.blocks:
        if isinstance(block, Mark):
            lines += [line and f"{line}  " for line in _foot_lines(head)] if block.what == "foot" else [""]
        elif isinstance(block, Grid):
            rows = ["| " + " | ".join(cell.text for cell in row) + " |" for row in block.rows]
            lines += ["", rows[0], "|" + " --- |" * len(block.widths), *rows[1:], ""]
        else:
            bold = block.style in ("centre", "heading")
            lines += [f"**{block.text}**" if bold else block.text, ""]
    return "\n".join(lines).strip() + "\n"


def _html_block(block: Block, head: Heading) -> str:
    if isinstance(block, Mark):
        return _html_foot(head) if block.what == "foot" else ""
    if isinstance(block, Grid):
        return _html_grid(block)
    return _html_para(block)


def _html_para(para: Para) -> str:
    words = escape(para.text, quote=False)
    if para.style in ("centre", "note"):
        return f'<p align="center"><b>{words}</b></p>'
    tag = {"heading": "b", "italic": "i"}.get(para.style)
    return f"<p><{tag}>{words}</{tag}></p>" if tag else f"<p>{words}</p>"


def _html_grid(grid: Grid) -> str:
    rows = []
    for row, cells in enumerate(grid.rows):
        shown = []
        for column, cell in enumerate(cells):
            if cell.merge:
                continue
            down = 1
            while row + down < len(grid.rows) and grid.rows[row + down][column].merge == "up":
                down += 1
            right = 1
            while column + right < len(cells) and cells[column + right].merge == "left":
                right += 1
            spans = (f' rowspan="{down}"' if down > 1 else "") + (f' colspan="{right}"' if right > 1 else "")
            tag = "th" if row < grid.heads else "td"
            shown.append(f"<{tag}{spans}>{escape(cell.text, quote=False)}</{tag}>")
        rows.append("<tr>" + "".join(shown) + "</tr>")
    return '<table border="1">' + "".join(rows) + "</table>"


def _html_foot(head: Heading) -> str:
    left = "<br>".join(escape(line, quote=False) for line in ("Nơi nhận:", *head.recipients))
    right = "<br>".join(escape(line, quote=False) for line in (*head.signature, "", head.signer))
    return f'<table width="100%"><tr><td>{left}</td><td align="center"><b>{right}</b></td></tr></table>'


def html(sample: Sample) -> str:
    """The sample as a web page, as a portal prints it."""
    head = sample.heading
    thin, bold = issuer_lines(head)
    under = [f"Số: {head.number}"] + ([f"V/v {head.subject}"] if head.is_letter else [])
    left = "<br>".join(escape(line, quote=False) for line in (*thin, *bold, *under))
    right = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc"
    right += f"<br><i>{head.place}, {head.date}</i>"
    top = (
        f'<table width="100%"><tr><td align="center">{left}</td><td align="center">{right}</td></tr></table>'
    )
    title = (
        ""
        if head.is_letter
        else f'<p align="center"><b>{head.title}<br>{escape(head.subject, quote=False)}</b></p>'
    )
    to = "".join(f"<p>{escape(line, quote=False)}</p>" for line in _addressees(head) if line)
    body = "\n".join(_html_block(block, head) for block in sample.blocks)
    return (
        '<!DOCTYPE html>\n<html lang="vi"><head><meta charset="utf-8"><title>'
        f"{escape(head.number)}</title></head>\n<body>\n{top}\n{title}\n{to}\n{body}\n</body></html>\n"
    )
