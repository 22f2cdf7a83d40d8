// The form of a task: units looked up as one types, taken by Enter; Enter on nothing typed saves.
"use strict"; // chosen ones are taken away by Backspace, or by their buttons
(() => {
  const seeking = (element) => element.closest?.(".seek");
  function take(option) {
    const box = option.closest(".units");
    const item = document.createElement("li");
    const value = document.createElement("input");
    Object.assign(value, { type: "hidden", name: box.dataset.role, value: option.dataset.value });
    const name = document.createElement("span");
    name.textContent = option.dataset.name;
    const remove = document.createElement("button");
    Object.assign(remove, { type: "button", className: "remove", tabIndex: -1, textContent: "×" });
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
    const plain = event.key === "Enter" && !event.shiftKey && !event.isComposing;
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
  document.addEventListener("click", (event) => {
    event.target.closest(".remove")?.closest("li").remove();
    const option = event.target.closest("[role=option]");
    if (option) take(option);
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    const target = event.detail.target;
    if (!target.classList?.contains("found")) return;
    target.dataset.for = new URL(event.detail.xhr.responseURL).searchParams.get("q")?.trim() ?? "";
    target.closest(".units").querySelector(".seek").setAttribute("aria-expanded", String(target.children.length > 0));
  });
})();
