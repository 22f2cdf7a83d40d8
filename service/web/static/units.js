// The form of a task: units looked up as one types, taken by Enter, those that are offered by a digit; Enter on
// nothing typed saves. Of those that it has one is marked by ← →, taken away by Backspace, moved across by /.
"use strict";
(() => {
  const seeking = (element) => element.closest?.(".seek");
  const items = (box) => [...box.querySelectorAll(".chosen li")];
  const options = (box) => [...box.querySelectorAll("[role=option]")];
  function chip(box, value, text) {
    const item = document.createElement("li");
    const hidden = document.createElement("input");
    Object.assign(hidden, { type: "hidden", name: box.dataset.role, value });
    const name = document.createElement("span");
    name.textContent = text;
    item.append(hidden, name);
    for (const [kind, sign] of [["across", "⇄"], ["remove", "×"]]) {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: kind, tabIndex: -1, textContent: sign });
      button.setAttribute("aria-label", `${box.dataset[kind]}: ${text}`);
      item.append(button);
    }
    return item;
  }
  const take = (option) => add(option.closest(".units"), option.dataset);
  function add(box, unit) {
    if (box.dataset.fresh) items(box).at(-1)?.remove(); // one leads: the first taken replaces it
    box.querySelector(".chosen").append(chip(box, unit.value, unit.name));
    box.querySelector(".seek").value = "";
    settle(box);
  }
  function across(item) {
    const box = item.closest(".units");
    const other = [...box.closest("form").querySelectorAll(".units")].find((one) => one !== box);
    const value = item.querySelector("input").value;
    const [kind, at] = value.split(/:(.*)/s);
    const back = { keep: "other", other: "keep" }[kind];
    other.querySelector(".chosen").append(chip(other, back ? `${back}:${at}` : value, item.querySelector("span").textContent));
    delete other.dataset.fresh;
    item.remove();
    settle(box);
  }
  function settle(box) { // after a change
    delete box.dataset.fresh;
    suggest(box);
    box.querySelector(".seek").focus();
  }
  function suggest(box) { // what the document offers, while nothing is typed; what the task has is left out
    const seek = box.querySelector(".seek");
    const has = new Set(items(box).map((one) => one.querySelector("span").textContent.toLowerCase()));
    const near = [...box.querySelector(".near").content.children].filter((one) => !has.has(one.dataset.name.toLowerCase()));
    const back = near.filter((one) => one.dataset.had); // it had these, and lost them
    const others = near.filter((one) => !one.dataset.had).slice(0, Math.max(0, 9 - back.length));
    const shown = [...others, ...back].map((one) => document.importNode(one, true));
    shown.forEach((one, at) => { one.querySelector("kbd").textContent = String(at + 1); });
    box.querySelector(".found").replaceChildren(...shown);
    seek.setAttribute("aria-expanded", String(shown.length > 0));
    seek.removeAttribute("aria-activedescendant");
    mark(box, null);
  }
  const marked = (box) => box.querySelector(".chosen .marked") ?? items(box).at(-1);
  function mark(box, item) {
    for (const one of items(box)) one.classList.toggle("marked", one === item);
    box.querySelector(".said").textContent = item ? `${box.dataset.marked}: ${item.querySelector("span").textContent}` : "";
  }
  function walk(box, by) {
    const all = items(box);
    const at = all.findIndex((one) => one.classList.contains("marked"));
    const next = at < 0 ? (by < 0 ? all.length - 1 : -1) : at + by;
    mark(box, all[Math.max(next, -1)] ?? null);
  }
  function select(seek, by) {
    const all = options(seek.closest(".units"));
    const at = all.findIndex((one) => one.getAttribute("aria-selected") === "true");
    const next = all[at < 0 && by < 0 ? all.length - 1 : (at + by + all.length) % all.length];
    for (const one of all) one.setAttribute("aria-selected", String(one === next));
    if (next) seek.setAttribute("aria-activedescendant", next.id);
  }
  const empty = { // keys in a field where nothing is typed
    Backspace(box) { const item = marked(box); const before = item?.previousElementSibling; const was = item?.classList.contains("marked"); item?.remove(); settle(box); if (was) mark(box, before); },
    Delete(box) { empty.Backspace(box); },
    ArrowLeft(box) { walk(box, -1); },
    ArrowRight(box) { walk(box, 1); },
    "/"(box) { const item = marked(box); if (item) across(item); },
  };
  function grown(event, seek) { // → ← make the name of a marked option longer and shorter, as it stands on the page
    if (!["ArrowLeft", "ArrowRight"].includes(event.key) || seek.selectionStart < seek.value.length) return false;
    const option = seek.closest(".units").querySelector("[aria-selected=true]");
    const begun = option && (option.dataset.from || !seek.value || event.key === "ArrowRight");
    return Boolean(begun && dondoc.words.grow(option, event));
  }
  document.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const seek = seeking(event.target);
    const form = event.target.closest?.("form.edit");
    if (seek && !event.altKey && !event.metaKey) {
      const box = seek.closest(".units");
      const done = () => event.preventDefault();
      if (event.key === "ArrowDown" || event.key === "ArrowUp") { select(seek, event.key === "ArrowDown" ? 1 : -1); return done(); }
      if (grown(event, seek)) return done();
      if (event.key === "Enter" && seek.value.trim()) { done(); whenFound(seek, () => take(chosenOption(seek))); return; }
      if (!seek.value) {
        const option = event.key === "Enter" ? box.querySelector("[aria-selected=true]") : /^[1-9]$/.test(event.key) && options(box)[event.key - 1];
        if (option) { take(option); return done(); }
        if (empty[event.key]) { empty[event.key](box); return done(); }
      }
    }
    const plain = event.key === "Enter" && !event.shiftKey;
    if (form && plain && !event.target.matches("button, a")) { event.preventDefault(); form.querySelector("button.primary").click(); }
  });
  const chosenOption = (seek) => seek.closest(".units").querySelector("[aria-selected=true]") ?? seek.closest(".units").querySelector("[role=option]");
  let waits = null; // for the answer to what was typed when Enter came before it
  function whenFound(seek, act) {
    if (waits) { waits.saves = true; return; } // Enter once more: take, then save
    const list = seek.closest(".units").querySelector(".found");
    const fresh = () => list.dataset.for === seek.value.trim() && list.children.length;
    if (fresh()) return act();
    const mine = waits = { saves: false };
    const form = seek.closest("form");
    const timer = setInterval(() => { if (fresh()) { end(); act(); if (mine.saves) form.querySelector("button.primary").click(); } }, 20);
    const end = () => { clearInterval(timer); clearTimeout(limit); if (waits === mine) waits = null; };
    const limit = setTimeout(end, 15000);
  }
  document.addEventListener("mousedown", (event) => { // the field keeps the focus, and its list stays
    if (event.target.closest(".found, .phrases, .chosen button")) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    const box = event.target.closest(".units");
    if (!box) return;
    const item = event.target.closest(".chosen li");
    if (event.target.closest(".remove")) { item.remove(); settle(box); }
    if (event.target.closest(".across")) across(item);
    const option = event.target.closest("[role=option]");
    if (option) take(option);
  });
  document.addEventListener("input", (event) => {
    const seek = seeking(event.target);
    if (!seek) return;
    mark(seek.closest(".units"), null);
    if (!seek.value.trim()) suggest(seek.closest(".units"));
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    const target = event.detail.target;
    for (const box of target.querySelectorAll?.(".units") ?? []) {
      if (box.dataset.role === "lead" && items(box).length === 1) box.dataset.fresh = "1";
      suggest(box);
    }
    if (!target.classList?.contains("found")) return;
    const box = target.closest(".units");
    target.dataset.for = new URL(event.detail.xhr.responseURL).searchParams.get("q")?.trim() ?? "";
    if (!box.querySelector(".seek").value.trim()) return suggest(box);
    box.querySelector(".seek").setAttribute("aria-expanded", String(target.children.length > 0));
  });

  // ---------------------------------------------------------------- deadlines of the document

  const phrases = () => [...document.querySelectorAll(".phrases [role=option]")];
  function phrase(option) {
    const field = document.querySelector("form.edit [name=deadline]");
    for (const one of phrases()) one.setAttribute("aria-selected", String(one === option));
    field.setAttribute("aria-activedescendant", option.id);
    field.value = option.dataset.phrase;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  }
  document.addEventListener("keydown", (event) => {
    if (event.target.name !== "deadline" || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
    const all = phrases();
    const at = all.findIndex((one) => one.getAttribute("aria-selected") === "true");
    const by = event.key === "ArrowDown" ? 1 : -1;
    const next = all[at < 0 && by < 0 ? all.length - 1 : (at + by + all.length) % all.length];
    if (next) { phrase(next); event.preventDefault(); }
  });
  dondoc.units = { add };
  document.addEventListener("click", (event) => {
    const option = event.target.closest(".phrases [role=option]");
    if (option) phrase(option);
  });
})();
