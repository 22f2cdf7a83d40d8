// Sorts the files by a column, shows those of one outcome or with some words; without it all are shown in order.
"use strict";
(() => {
  const body = document.querySelector(".sorted tbody");
  const heads = [...document.querySelectorAll(".sorted th")];
  const filters = [...document.querySelectorAll(".filter")];
  const seek = document.getElementById("seek");
  const told = document.getElementById("shown");
  const rows = [...body.rows];
  const words = rows.map((row) => row.textContent.toLowerCase());
  let outcome = "";

  function show() {
    const wanted = seek.value.trim().toLowerCase();
    let count = 0;
    rows.forEach((row, at) => {
      const seen = (!outcome || row.dataset.outcome === outcome) && (!wanted || words[at].includes(wanted));
      row.hidden = !seen;
      count += seen;
    });
    told.textContent = `${count} / ${rows.length}`;
    for (const filter of filters) filter.setAttribute("aria-pressed", String(filter.dataset.outcome === outcome));
  }

  function value(row, column) {
    const cell = row.cells[column];
    if (cell.dataset.value !== undefined) return Number(cell.dataset.value);
    return column ? cell.textContent : Number(cell.textContent);
  }

  function sort(column) {
    const head = heads[column];
    const down = head.getAttribute("aria-sort") === "ascending";
    for (const one of heads) one.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const order = new Intl.Collator("vi", { numeric: true });
    const keyed = rows.map((row, at) => [value(row, column), at, row]);
    keyed.sort(([a, i], [b, j]) => (typeof a === "number" ? a - b : order.compare(a, b)) * (down ? -1 : 1) || i - j);
    body.append(...keyed.map(([, , row]) => row));
  }

  heads.forEach((head, column) => head.querySelector("button").addEventListener("click", () => sort(column)));
  for (const filter of filters) filter.addEventListener("click", () => { outcome = filter.dataset.outcome; show(); });
  seek.addEventListener("input", show);
  show();
})();
