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
    light(refs);
    if (element.classList.contains("mark")) {
      const target = refs.map((ref) => side.querySelector(`[data-ref~="${CSS.escape(ref)}"]`)).find(Boolean);
      const card = target?.closest(".card");
      if (card) choose(card, { show: true });
      (target ?? card)?.focus({ preventScroll: true });
    } else bring(document.querySelector(`.mark[data-ref~="${CSS.escape(refs[0])}"]`));
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

  // ---------------------------------------------------------------- lines chosen on a page

  let from = null;
  let chosen = [];
  const lines = [...document.querySelectorAll(".line")];
  function mark(to) {
    const [a, b] = [lines.indexOf(from), lines.indexOf(to)].sort((x, y) => x - y);
    chosen = lines.slice(a, b + 1);
    for (const one of lines) one.classList.toggle("chosen", chosen.includes(one));
  }
  const unmark = () => { chosen = []; for (const one of lines) one.classList.remove("chosen"); };
  document.addEventListener("pointerdown", (event) => {
    const line = lineAt(event);
    from = line;
    if (line) { mark(line); event.preventDefault(); }
  });
  document.addEventListener("pointermove", (event) => { if (from && event.buttons) { const line = lineAt(event); if (line) mark(line); } });
  document.addEventListener("pointerup", () => { from = null; });
  function lineAt(event) {
    if (!event.target.closest?.(".sheet") || event.button > 0) return null;
    return document.elementsFromPoint(event.clientX, event.clientY).find((one) => one.classList?.contains("line")) ?? null;
  }
  async function missed() {
    if (!chosen.length) return dondoc.tell(document.querySelector("#keys dt:nth-of-type(7) + dd")?.textContent ?? "");
    const starts = chosen.map((one) => +one.dataset.start);
    const ends = chosen.map((one) => +one.dataset.end);
    send(`/documents/${id}/missed`, { start: Math.min(...starts), end: Math.max(...ends) });
    unmark();
  }
  const send = (path, values) => htmx.ajax("POST", path, { target: "#side", swap: "innerHTML", values });

  // ---------------------------------------------------------------- what the keys do

  const press = (selector) => { const button = current()?.querySelector(selector); button?.click(); return Boolean(button); };
  function edit(field) {
    const card = current();
    if (!card || card.dataset.status !== "proposed") return;
    htmx.ajax("GET", `/documents/${id}/tasks/${card.dataset.task}/edit?focus=${field}`, { target: `#task-${CSS.escape(card.dataset.task)} .place`, swap: "innerHTML" });
  }
  function open(selector) {
    const form = current()?.querySelector(selector);
    if (!form) return;
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
  const keys = {
    j: () => step(1), ArrowDown: () => step(1), k: () => step(-1), ArrowUp: () => step(-1),
    a: () => press(".accept"), e: () => edit("text"), l: () => edit("leads"), c: () => edit("cooperators"), d: () => edit("deadline"),
    x: () => open(".why"), s: () => open(".parts"), m: () => press(".merge"), n: missed,
    b: () => { const sure = document.getElementById("sure"); if (sure) show(sure); },
    y: () => document.querySelector("#offer button")?.click(),
    u: () => document.getElementById("undo")?.click(),
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
    if (event.key === "Escape") { unmark(); closeForms(element); return; }
    if (typing(element) || document.querySelector("dialog[open]")) return;
    if ((event.key === "Enter" || event.key === " ") && element.matches(".clause, .row, .relation")) { lead(element); event.preventDefault(); return; }
    const act = keys[event.key];
    if (!act || (event.key.startsWith("Arrow") && element.id === "pages")) return;
    event.preventDefault();
    act();
  });
  function closeForms(element) {
    const card = element.closest?.(".card");
    for (const form of card?.querySelectorAll(".why, .parts") ?? []) form.hidden = true;
    card?.querySelector(".place")?.replaceChildren();
    card?.focus();
  }
  document.addEventListener("click", (event) => {
    if (event.target.closest("#help")) document.getElementById("keys").showModal();
    if (event.target.closest("#bulk")) keys.b();
    if (event.target.closest(".open-reject")) open(".why");
    if (event.target.closest(".open-split")) open(".parts");
    if (event.target.closest(".cancel")) { if (over.open) over.close(); else closeForms(event.target); }
    const remove = event.target.closest(".remove");
    if (remove) remove.closest("li").remove();
    const option = event.target.closest("[role=option]");
    if (option) take(option);
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

  // ---------------------------------------------------------------- units as one types

  const seeking = (element) => element.closest?.(".seek");
  function take(option) {
    const box = option.closest(".units");
    const item = document.createElement("li");
    const value = document.createElement("input");
    Object.assign(value, { type: "hidden", name: box.dataset.role, value: option.dataset.value });
    const name = document.createElement("span");
    name.textContent = option.dataset.name;
    const remove = document.createElement("button");
    Object.assign(remove, { type: "button", className: "remove", textContent: "×" });
    remove.setAttribute("aria-label", `Bỏ ${option.dataset.name}`);
    item.append(value, name, remove);
    const list = box.querySelector(".chosen");
    if (box.dataset.fresh && list.lastElementChild) list.lastElementChild.remove();
    list.append(item);
    delete box.dataset.fresh;
    const seek = box.querySelector(".seek");
    seek.value = "";
    seek.setAttribute("aria-expanded", "false");
    box.querySelector(".found").replaceChildren();
    seek.focus();
  }
  document.addEventListener("keydown", (event) => {
    const seek = seeking(event.target);
    const form = event.target.closest?.("form.edit");
    if (seek) {
      const options = [...seek.closest(".units").querySelectorAll("[role=option]")];
      const at = options.findIndex((one) => one.getAttribute("aria-selected") === "true");
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        const next = options[(at + (event.key === "ArrowDown" ? 1 : options.length - 1)) % options.length];
        for (const one of options) one.setAttribute("aria-selected", String(one === next));
        if (next) seek.setAttribute("aria-activedescendant", next.id);
        event.preventDefault();
        return;
      }
      if (event.key === "Enter" && seek.value.trim()) { event.preventDefault(); whenFound(seek, () => take(chosenOption(seek))); return; }
      if (event.key === "Backspace" && !seek.value) { seek.closest(".units").querySelector(".chosen")?.lastElementChild?.remove(); return; }
    }
    if (form && event.key === "Enter" && !event.shiftKey) { event.preventDefault(); form.requestSubmit(form.querySelector("button.primary")); }
  });
  const chosenOption = (seek) => seek.closest(".units").querySelector("[aria-selected=true]") ?? seek.closest(".units").querySelector("[role=option]");
  function whenFound(seek, act) { // Enter may come before the answer does
    const list = seek.closest(".units").querySelector(".found");
    const fresh = () => list.dataset.for === seek.value.trim() && list.children.length;
    if (fresh()) return act();
    const wait = setInterval(() => { if (fresh()) { clearInterval(wait); act(); } }, 30);
    setTimeout(() => clearInterval(wait), 3000);
  }
  document.addEventListener("htmx:afterSwap", (event) => {
    const target = event.detail.target;
    if (target.classList?.contains("found")) {
      const seek = target.closest(".units").querySelector(".seek");
      target.dataset.for = event.detail.requestConfig?.parameters?.q?.trim?.() ?? new URL(event.detail.xhr.responseURL).searchParams.get("q")?.trim() ?? "";
      seek.setAttribute("aria-expanded", String(target.children.length > 0));
    }
    if (target.classList?.contains("place")) {
      const focus = target.querySelector("[data-focus]") ?? target.querySelector("textarea");
      const box = focus?.closest(".units");
      if (box?.querySelectorAll(".chosen li").length === 1) box.dataset.fresh = "1"; // the first taken replaces it
      focus?.focus();
      if (focus?.matches("input:not(.seek)")) focus.select();
      bring(target);
    }
    if (target.id === "side") {
      if (over.open) over.close();
      toWaiting();
    }
  });

  // ---------------------------------------------------------------- when it cannot be saved

  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, target } = event.detail;
    if ((xhr.status === 409 || xhr.status === 422) && xhr.responseText.includes("class=\"edit")) {
      event.detail.shouldSwap = true; // the form comes back with what was typed
      event.detail.target = document.querySelector("form.edit")?.closest(".place") ?? target;
    }
    if (xhr.status === 401 || xhr.status === 403) document.getElementById("expired").showModal();
  });
  document.getElementById("retry")?.addEventListener("click", async () => {
    const answer = await fetch("/session", { headers: { accept: "application/json" } });
    if (!answer.ok) return;
    document.body.dataset.csrf = (await answer.json()).csrf;
    document.getElementById("expired").close();
    document.querySelector("form.edit button.primary")?.focus();
  });

  toWaiting();
})();
