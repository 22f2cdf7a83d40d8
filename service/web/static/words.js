// A task's words are taken from the page: by a digit, by arrows (Shift: their beginning), by dragging; so is the
// name of a unit. The server says which words stand there, and what ends with each.
"use strict";
(() => {
  const LINE = 1, PHRASE = 2, ITEM = 4, OUTSIDE = 8;
  const GRAINS = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [LINE, 1], ArrowUp: [LINE, -1], End: [ITEM, 1], Home: [ITEM, -1] };
  const box = () => document.querySelector("form.edit .words");
  const NS = "http://www.w3.org/2000/svg";
  let all = []; // [start, end, what ends with it, text]
  let words = []; // those of the body: a task's words are taken from them, a unit's name from all
  let first = 0;
  let last = 0;
  let before = ""; // the words as they were

  function open(form) {
    const here = form?.querySelector(".words");
    clear();
    if (!here) return;
    all = JSON.parse(here.dataset.words);
    words = all.filter((word) => !(word[2] & OUTSIDE));
    before = form.elements.text.value;
    reset(here);
  }
  function reset(here) { [first, last] = [+here.dataset.first, +here.dataset.last]; }

  // ---------------------------------------------------------------- choosing

  const ends = (of, at, what) => !what || Boolean(of[at][2] & what);
  const begins = (of, at, what) => !what || Boolean(of[at - 1][2] & what);
  function moved(of, at, what, by, stops) {
    let next = at + by;
    while (next > 0 && next < of.length - 1 && !stops(of, next, what)) next += by;
    return Math.min(Math.max(next, 0), of.length - 1);
  }
  function step(event, of, [from, to]) { // the range that a key makes of another
    let [what, by] = GRAINS[event.key];
    if (event.ctrlKey && !what) what = PHRASE;
    if (event.shiftKey) return [Math.min(moved(of, from, what, by, begins), to), to];
    return [from, Math.max(moved(of, to, what, by, ends), from)];
  }
  const said = (of, from, to) => of.slice(from, to + 1).map((word) => word[3]).join(" ");
  const rangeOf = (of, from, to) => `${of[from][0]}-${of[to][1]}`;
  function move(event) { [first, last] = step(event, words, [first, last]); take(); }
  function take() { put(said(words, first, last).replace(/[\s;,]+$/, ""), rangeOf(words, first, last)); }
  function put(text, ranges) {
    const form = box().closest("form");
    form.elements.text.value = text;
    form.elements.ranges.value = ranges;
    box().querySelector(".said").textContent = text.length > 90 ? `${text.slice(0, 40)} … ${text.slice(-40)}` : text;
    show(ranges);
  }
  function extent(button) {
    for (const one of box().querySelectorAll(".extent")) one.setAttribute("aria-pressed", String(one === button));
    if (button.dataset.digit === "0") { reset(box()); return put(before, ""); }
    const ranges = button.dataset.ranges.split(",").map((one) => one.split("-").map(Number));
    const at = words.findIndex((word) => word[1] > ranges[0][0]);
    const to = words.findLastIndex((word) => word[0] < ranges.at(-1)[1]);
    [first, last] = [Math.max(at, 0), Math.max(to, at, 0)];
    put(button.dataset.text, button.dataset.ranges);
  }

  // ---------------------------------------------------------------- the name of a unit

  const bare = (word) => word.toLowerCase().replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "");
  function nearest(name) { // where it stands, as a range of words; null where it does not
    const parts = name.split(/\s+/).map(bare);
    const here = all.indexOf(words[first]);
    let best = null;
    for (let at = 0; at + parts.length <= all.length; at++) {
      if (!parts.every((part, on) => bare(all[at + on][3]) === part)) continue;
      if (!best || Math.abs(at - here) < Math.abs(best[0] - here)) best = [at, at + parts.length - 1];
    }
    return best;
  }
  function grow(option, event) { // its name goes on, or ends sooner, as the key says
    const range = option.dataset.from ? [+option.dataset.from, +option.dataset.to] : nearest(option.dataset.name);
    if (!range) return false;
    const [from, to] = step(event, all, range);
    Object.assign(option.dataset, { from, to, ...named(all, from, to) });
    option.textContent = option.dataset.name;
    show(rangeOf(all, from, to));
    return true;
  }
  function named(of, from, to) {
    const name = said(of, from, to).replace(/^[("“]+(?=[^)"”]*$)|[\s,;:.]+$/g, "");
    return { name, value: `name:${name}` };
  }

  // ---------------------------------------------------------------- on the page

  function clear() { for (const one of document.querySelectorAll(".taken")) one.remove(); }
  function show(ranges) {
    clear();
    const pairs = ranges ? ranges.split(",").map((one) => one.split("-").map(Number)) : [];
    const drawn = [];
    for (const line of document.querySelectorAll(".line")) {
      const [a, b] = [+line.dataset.start, +line.dataset.end];
      for (const [start, end] of pairs) if (start < b && a < end) drawn.push(draw(line, Math.max(a, start) - a, Math.min(b, end) - a, b - a));
    }
    drawn[0]?.scrollIntoView({ block: "nearest" });
    drawn.at(-1)?.scrollIntoView({ block: "nearest" });
  }
  function draw(line, from, to, size) { // letters count as equally wide
    const [x, wide] = [parseFloat(line.getAttribute("x")), parseFloat(line.getAttribute("width"))];
    const part = document.createElementNS(NS, "rect");
    part.setAttribute("class", "taken");
    for (const name of ["y", "height"]) part.setAttribute(name, line.getAttribute(name));
    part.setAttribute("x", `${x + (wide * from) / size}%`);
    part.setAttribute("width", `${(wide * (to - from)) / size}%`);
    line.after(part);
    return part;
  }
  function wordAt(event) {
    const line = document.elementsFromPoint(event.clientX, event.clientY).find((one) => one.classList?.contains("line"));
    if (!line) return -1;
    const place = line.getBoundingClientRect();
    const [a, b] = [+line.dataset.start, +line.dataset.end];
    const letter = a + ((event.clientX - place.left) / place.width) * (b - a);
    return words.findIndex((word) => word[0] < b && word[1] > a && word[1] >= letter);
  }
  let from = -1; // the word where dragging began
  let units = null; // the field for which a name is dragged over
  let dragged = false;
  document.addEventListener("pointerdown", (event) => {
    if (!box() || event.button > 0 || !event.target.closest?.(".sheet")) return;
    from = wordAt(event);
    dragged = false;
    units = document.activeElement?.closest(".units");
    event.stopImmediatePropagation();
    event.preventDefault();
  }, true);
  document.addEventListener("pointermove", (event) => {
    const to = from >= 0 && event.buttons && box() ? wordAt(event) : -1;
    if (to < 0) return;
    dragged = true;
    const range = [Math.min(from, to), Math.max(from, to)];
    if (units) { units.dataset.dragged = JSON.stringify(named(words, ...range)); return show(rangeOf(words, ...range)); }
    [first, last] = range;
    take();
  });
  document.addEventListener("pointerup", () => {
    if (dragged && units?.dataset.dragged) dondoc.units.add(units, JSON.parse(units.dataset.dragged));
    else if (dragged) box()?.focus({ preventScroll: true });
    delete units?.dataset.dragged;
    from = -1;
  });
  document.addEventListener("click", (event) => { // what ends a drag is no choice of a mark
    if (dragged && event.target.closest(".sheet")) event.stopImmediatePropagation();
    dragged = false;
  }, true);

  // ---------------------------------------------------------------- keys

  document.addEventListener("keydown", (event) => {
    if (!event.target.classList?.contains("words") || event.isComposing || event.metaKey || event.altKey) return;
    const button = /^\d$/.test(event.key) && !event.ctrlKey && box().querySelector(`[data-digit="${event.key}"]`);
    if (button) extent(button);
    else if (GRAINS[event.key]) move(event);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }, true);
  document.addEventListener("click", (event) => {
    const button = event.target.closest(".extent");
    if (button) { extent(button); box().focus({ preventScroll: true }); }
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    const form = event.detail.target.querySelector?.("form.edit");
    if (form && !document.querySelector(".taken")) open(form);
    if (event.detail.target.id === "side") clear();
  });
  dondoc.words = { clear, grow };
})();
