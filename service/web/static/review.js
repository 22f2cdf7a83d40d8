// The review screen by keyboard: one card is current; a mark on a page and what it proves light up together.
"use strict";
(() => {
  const id = document.body.dataset.document;
  const side = document.getElementById("side");
  const over = document.getElementById("over");
  const cards = () => [...side.querySelectorAll(".card")];
  const current = () => side.querySelector(".card.current");
  const calm = !matchMedia("(prefers-reduced-motion: reduce)").matches;
  const bring = (element) => element?.scrollIntoView({ block: "nearest", behavior: calm ? "smooth" : "auto" });
  let place = 0; // of the current card, kept while cards are swapped

  // ---------------------------------------------------------------- marks and cards

  const sharing = (ref) => document.querySelectorAll(`[data-ref~="${CSS.escape(ref)}"]`);
  function light(refs) {
    for (const one of document.querySelectorAll(".lit")) one.classList.remove("lit");
    for (const ref of refs) for (const one of sharing(ref)) one.classList.add("lit");
  }
  function lead(element) { // to the other side
    const refs = element.dataset.ref.split(" ");
    if (element.classList.contains("mark")) {
      const target = refs.map((ref) => side.querySelector(`[data-ref~="${CSS.escape(ref)}"]`)).find(Boolean);
      const card = target?.closest(".card");
      if (card) choose(card, { show: true });
      (target ?? card)?.focus({ preventScroll: true });
      bring(target);
    } else bring(document.querySelector(`.mark[data-ref~="${CSS.escape(refs[0])}"]`));
    light(refs);
  }

  function makeRoom() { // the head stays in sight: what is brought into view goes below it
    const head = side.querySelector(".head");
    const sticky = head && getComputedStyle(head).position === "sticky";
    side.style.scrollPaddingTop = `${sticky ? head.offsetHeight : 8}px`;
  }
  addEventListener("resize", makeRoom);

  function choose(card, { show = true } = {}) {
    if (!card) return;
    for (const one of cards()) one.classList.toggle("current", one === card);
    place = cards().indexOf(card);
    light([card.dataset.ref]);
    if (show) {
      bring(card);
      bring(document.querySelector(`.mark[data-ref~="${CSS.escape(card.dataset.ref)}"]`));
      if (!card.contains(document.activeElement)) card.focus({ preventScroll: true });
    }
  }
  function step(by) {
    const all = cards();
    choose(all[Math.min(Math.max(all.indexOf(current()) + by, 0), all.length - 1)]);
  }
  function toWaiting() { // from here on, else from the top
    makeRoom();
    const all = cards();
    const waiting = (one) => one.dataset.status === "proposed";
    const next = all.slice(place).find(waiting) ?? all.find(waiting);
    if (next) choose(next);
    else if (all[place] ?? all.at(-1)) choose(all[place] ?? all.at(-1));
    if (!next) document.getElementById("file")?.focus();
  }

  document.addEventListener("click", (event) => {
    const element = event.target.closest("[data-ref]");
    const card = event.target.closest(".card");
    if (card && card !== current()) choose(card, { show: false });
    if (element && !event.target.closest("form, summary, .buttons, a")) lead(element);
  });
  side.addEventListener("focusin", (event) => {
    const card = event.target.closest(".card");
    if (card && card !== current()) choose(card, { show: false });
  });

  function drawMarks() { // what proves a value may be another place than before
    const fresh = new Map([...document.querySelectorAll(".sheet")].map((sheet) => [sheet.dataset.page, []]));
    for (const [page, kind, refs, title, ...place] of JSON.parse(document.getElementById("marks").dataset.marks)) {
      const [mark, told] = ["rect", "title"].map((name) => document.createElementNS("http://www.w3.org/2000/svg", name));
      mark.setAttribute("class", `mark ${kind}`);
      mark.dataset.ref = refs;
      ["x", "y", "width", "height"].forEach((name, at) => mark.setAttribute(name, `${place[at]}%`));
      told.textContent = title;
      mark.append(told);
      fresh.get(String(page))?.push(mark);
    }
    for (const [page, marks] of fresh) document.querySelector(`.sheet[data-page="${page}"] .marks`).replaceChildren(...marks);
  }

  // ---------------------------------------------------------------- a task that was missed

  function missed() { // the first time begins to choose, the second takes what was chosen
    const range = dondoc.lines.range();
    if (range) {
      dondoc.lines.clear();
      return send(`/documents/${id}/missed`, range);
    }
    const mark = current() && [...sharing(current().dataset.ref)].filter((one) => one.classList.contains("mark")).at(-1);
    if (dondoc.lines.begin(mark)) dondoc.tell(side.dataset.choose);
  }
  const send = (path, values) => htmx.ajax("POST", path, { target: "#side", swap: "innerHTML", values });

  // ---------------------------------------------------------------- what the keys do

  const press = (selector) => { const button = current()?.querySelector(selector); button?.click(); return Boolean(button); };
  function edit(field) {
    const card = current();
    if (!card) return;
    if (card.dataset.status !== "proposed") return dondoc.tell(side.dataset.decided);
    htmx.ajax("GET", `/documents/${id}/tasks/${card.dataset.task}/edit?focus=${field}`, { target: `#task-${CSS.escape(card.dataset.task)} .place`, swap: "innerHTML" });
  }
  function open(selector) {
    const form = current()?.querySelector(selector);
    if (!form) return current() && dondoc.tell(side.dataset.decided);
    form.hidden = false;
    form.querySelector("button, textarea")?.focus();
    bring(form);
  }
  function show(template) {
    document.getElementById("over-content").replaceChildren(document.importNode(template.content, true));
    htmx.process(document.getElementById("over-content"));
    over.showModal();
    over.querySelector("[data-focus]")?.focus();
  }
  const reading = new Set(["j", "k", "ArrowDown", "ArrowUp", "o", "]", "?"]); // what those may who only read
  const keys = {
    j: () => step(1), ArrowDown: () => step(1), k: () => step(-1), ArrowUp: () => step(-1),
    a: () => press(".accept") || dondoc.tell(side.dataset.decided), e: () => edit("text"), t: () => edit("words"), l: () => edit("leads"), c: () => edit("cooperators"), d: () => edit("deadline"),
    x: () => open(".why"), s: () => open(".parts"), m: () => press(".merge"), n: missed,
    b: () => { const sure = document.getElementById("sure"); if (sure) show(sure); else dondoc.tell(side.dataset.noneSure); },
    o: () => dondoc.other.toggle(current()) || dondoc.tell(side.dataset.noOther),
    y: () => document.querySelector("#offer button")?.click(),
    u: () => { const undo = document.getElementById("undo"); if (undo) undo.click(); else dondoc.tell(side.dataset.noUndo); },
    h: async () => { const answer = await fetch(`/documents/${id}/history`); const template = document.createElement("template"); template.innerHTML = await answer.text(); show(template); },
    f: () => document.getElementById("file")?.click(),
    "]": () => document.getElementById("following")?.click(),
    "?": () => document.getElementById("keys").showModal(),
  };
  const typing = (element) => element.matches("input, textarea, select, [contenteditable]");
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const element = event.target;
    const why = element.closest?.(".why:not([hidden])");
    if (why && /^[1-9]$/.test(event.key)) { why.querySelectorAll("button")[event.key - 1]?.click(); event.preventDefault(); return; }
    if (event.key === "Escape") { if (!document.querySelector("dialog[open]")) { dondoc.lines.clear(); closeForms(element); } return; }
    if (event.key === "Enter" && element.id === "pages" && dondoc.lines.range()) { missed(); event.preventDefault(); return; }
    if (typing(element) || document.querySelector("dialog[open]")) return;
    if ((event.key === "Enter" || event.key === " ") && element.matches(".clause, .row, .relation")) { lead(element); event.preventDefault(); return; }
    if (/^[1-4]$/.test(event.key) && dondoc.other.take(current(), event.key)) { event.preventDefault(); return; }
    const act = keys[event.key];
    if (!act || !(side.dataset.review || reading.has(event.key)) || (event.key.startsWith("Arrow") && element.id === "pages")) return;
    event.preventDefault();
    act();
  });
  function closeForms(element) {
    const card = element.closest?.(".card") ?? current();
    for (const form of card?.querySelectorAll(".why, .parts") ?? []) form.hidden = true;
    card?.querySelector(".place")?.replaceChildren();
    dondoc.words.clear();
    card?.focus();
  }
  document.addEventListener("click", (event) => {
    if (event.target.closest("#help")) document.getElementById("keys").showModal();
    if (event.target.closest("#bulk")) keys.b();
    if (event.target.closest(".open-reject")) open(".why");
    if (event.target.closest(".open-split")) open(".parts");
    if (event.target.closest(".cancel")) { if (over.open) over.close(); else closeForms(event.target); }
  });
  document.addEventListener("submit", (event) => { // a split's text becomes its parts
    const form = event.target.closest(".parts");
    if (!form) return;
    for (const old of form.querySelectorAll("input[name=part]")) old.remove();
    for (const text of form.querySelector(".whole").value.split(/\n\s*\n/)) {
      const input = document.createElement("input");
      Object.assign(input, { type: "hidden", name: "part", value: text.trim() });
      if (text.trim()) form.append(input);
    }
  }, true);

  // ---------------------------------------------------------------- after a change

  document.addEventListener("htmx:afterSwap", (event) => {
    const target = event.detail.target;
    if (target.classList?.contains("place")) {
      const focus = target.querySelector("[data-focus]") ?? target.querySelector("textarea");
      focus?.focus();
      if (focus?.matches("input:not(.seek)")) focus.select();
      bring(target);
    }
    if (target.id === "side") {
      if (over.open) over.close();
      const carried = document.getElementById("carried");
      if (carried) dondoc.tell(carried.textContent);
      const turned = cards().find((one) => (undoing ? before.get(one.id) !== one.dataset.seen : before.size && !before.has(one.id)));
      undoing = false;
      makeRoom();
      drawMarks();
      if (turned) choose(turned);
      else toWaiting();
    }
  });
  let before = new Map(); // the versions that were shown, for what an undo turned back
  let undoing = false;
  document.addEventListener("htmx:beforeRequest", (event) => {
    before = new Map(cards().map((one) => [one.id, one.dataset.seen]));
    undoing = event.detail.pathInfo.requestPath.endsWith("/undo");
  });

  // ---------------------------------------------------------------- when it cannot be saved

  const expired = document.getElementById("expired");
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, target } = event.detail;
    if ((xhr.status === 409 || xhr.status === 422) && xhr.responseText.includes("class=\"edit")) {
      event.detail.shouldSwap = true; // the form comes back with what was typed
      event.detail.target = document.querySelector("form.edit")?.closest(".place") ?? target;
    }
    const quietly = target.id === "presence"; // nobody asked: a person who types is not disturbed
    if (["login-needed", "foreign-request"].includes(xhr.getResponseHeader("x-problem"))) {
      event.detail.isError = false;
      if (!quietly && !expired.open) expired.showModal();
    } else if (xhr.status === 409 && !event.detail.shouldSwap) { // shown as it stands now
      htmx.ajax("GET", `/documents/${id}`, { target: "#side", swap: "innerHTML", select: "#side > *" });
    }
  });
  document.getElementById("retry")?.addEventListener("click", async () => {
    const answer = await fetch("/session", { headers: { accept: "application/json" } });
    if (!answer.ok) return;
    document.body.dataset.csrf = (await answer.json()).csrf;
    expired.close();
    document.querySelector("form.edit button.primary")?.focus();
  });

  const failed = new Set(performance.getEntriesByType("resource").filter((one) => one.responseStatus >= 400).map((one) => new URL(one.name).pathname));
  for (const picture of document.querySelectorAll(".sheet image")) { // a blank page says nothing
    const tell = () => { picture.closest(".sheet").querySelector(".unloaded").hidden = false; picture.remove(); };
    if (failed.has(picture.getAttribute("href"))) tell(); // before this script ran
    else picture.addEventListener("error", tell);
  }

  toWaiting();
})();
