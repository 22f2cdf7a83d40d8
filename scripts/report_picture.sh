#!/bin/sh
# Makes docs/report.png, the README's picture: the report of a sample with one task lit up. Needs chromium.
set -eu
cd "$(dirname "$0")/.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
.venv/bin/dondoc extract "data/samples/sources/${1:-s01-de-dieu.pdf}" --format html -o "$folder/report.html"
.venv/bin/python - "$folder/report.html" "${2:-2}" <<'PY'
import re
import sys
from pathlib import Path

path, task = Path(sys.argv[1]), sys.argv[2]
text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", path.read_text("utf-8"))
lit = f"""<script>
const card = document.querySelector('.card[data-ref="d1t{task}"]');
document.querySelector(".cards").scrollTop = card.offsetTop - 230;
card.dispatchEvent(new MouseEvent("mouseover", {{bubbles: true}}));
</script></body>"""
path.write_text(text.replace("</body>", lit), "utf-8")
PY
chromium --headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking \
    --disable-component-update --disable-sync --hide-scrollbars --user-data-dir="$folder/profile" \
    --screenshot="$folder/report.png" --window-size=1400,960 "file://$folder/report.html" >/dev/null 2>&1
.venv/bin/python - "$folder/report.png" docs/report.png <<'PY'
import sys

from PIL import Image

with Image.open(sys.argv[1]) as picture:
    picture.convert("RGB").quantize(256, method=Image.Quantize.MAXCOVERAGE).save(sys.argv[2], optimize=True)
PY
ls -l docs/report.png
