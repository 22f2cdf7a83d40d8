// Two readings of a task side by side: shown where there is doubt, else on demand; what was shown or hidden by hand,
// or used, stays so while the page is open, also after a reload.
"use strict";
(() => {
  const kept = `other ${document.body.dataset.document}`;
  const choices = JSON.parse(sessionStorage.getItem(kept) ?? "{}"); // by task, whether it is shown
  const shown = (card) => card?.querySelector("details.other");

  function restore() {
    for (const one of document.querySelectorAll("details.other")) {
      const choice = choices[one.closest(".card").dataset.task];
      if (choice !== undefined) one.open = choice;
    }
  }
  function toggle(card) { // by key; whether there is anything to show
    const other = shown(card);
    other?.querySelector("summary").click();
    if (other?.open) other.scrollIntoView({ block: "nearest" });
    return Boolean(other);
  }
  function take(card, digit) { // whether there is such a field
    const other = shown(card);
    const button = other?.open ? other.querySelectorAll(".take")[digit - 1] : null;
    button?.click();
    return Boolean(button);
  }
  document.addEventListener("click", (event) => {
    const pressed = event.target.closest(".other > summary, .other .take");
    if (!pressed) return;
    const other = pressed.closest(".other");
    choices[other.closest(".card").dataset.task] = pressed.matches(".take") || !other.open; // it turns after this
    sessionStorage.setItem(kept, JSON.stringify(choices));
  });
  document.addEventListener("htmx:afterSwap", (event) => { if (event.detail.target.id === "side") restore(); });
  restore();
  window.dondoc.other = { take, toggle };
})();
