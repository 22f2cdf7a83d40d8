// Lines of the pages are chosen for a task that was missed: dragged over, or walked over by arrow keys.
"use strict";
(() => {
  const pages = document.getElementById("pages");
  const lines = [...document.querySelectorAll(".line")];
  let from = null; // where choosing began
  let to = null;
  let dragging = false;

  const between = () => { const [a, b] = [from, to].map((one) => lines.indexOf(one)).sort((x, y) => x - y); return from ? lines.slice(a, b + 1) : []; };
  function show() {
    const chosen = between();
    for (const one of lines) one.classList.toggle("chosen", chosen.includes(one));
    to?.scrollIntoView({ block: "nearest" });
  }
  function clear() { from = to = null; show(); }

  function range() { // of the text
    const chosen = between();
    if (!chosen.length) return null;
    return { start: Math.min(...chosen.map((one) => +one.dataset.start)), end: Math.max(...chosen.map((one) => +one.dataset.end)) };
  }
  function begin(after) { // by keyboard, at the line behind a mark
    const at = after ? lines.findLastIndex((one) => overlaps(one, after)) : -1;
    from = to = lines[Math.min(at + 1, lines.length - 1)] ?? null;
    if (!from) return false;
    pages.focus();
    show();
    return true;
  }
  function overlaps(line, mark) {
    if (line.closest(".sheet") !== mark.closest(".sheet")) return false;
    const [a, b] = [line.getBoundingClientRect(), mark.getBoundingClientRect()];
    return a.top < b.bottom - 1 && b.top < a.bottom - 1;
  }
  function walk(by, further) {
    to = lines[Math.min(Math.max(lines.indexOf(to) + by, 0), lines.length - 1)];
    if (!further) from = to;
    show();
  }

  function lineAt(event) {
    if (!event.target.closest?.(".sheet") || event.button > 0) return null;
    return document.elementsFromPoint(event.clientX, event.clientY).find((one) => one.classList?.contains("line")) ?? null;
  }
  document.addEventListener("pointerdown", (event) => {
    const line = lineAt(event);
    if (!line) { if (event.target.closest?.(".sheet")) clear(); return; }
    dragging = true;
    from = to = line;
    pages.focus({ preventScroll: true });
    show();
    event.preventDefault();
  });
  document.addEventListener("pointermove", (event) => {
    const line = dragging && event.buttons ? lineAt(event) : null;
    if (line && line !== to) { to = line; show(); }
  });
  document.addEventListener("pointerup", () => { dragging = false; });
  pages.addEventListener("keydown", (event) => {
    if (!from || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
    walk(event.key === "ArrowDown" ? 1 : -1, event.shiftKey);
    event.preventDefault();
    event.stopPropagation();
  });
  dondoc.lines = { range, clear, begin };
})();
