// An inspection by keys: j and k go from duty to duty, a digit says the result ("1" writes it down at once),
// Ctrl+Enter writes down and goes on. Forms work without this too.
"use strict";
(() => {
  const cards = () => [...document.querySelectorAll(".findings > .finding")];
  const here = () => cards().findIndex((one) => one.contains(document.activeElement));
  const go = (place) => {
    const all = cards();
    const next = all[Math.min(Math.max(place, 0), all.length - 1)];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
  };
  const typing = (target) => target.matches("textarea, select, input:not([type=radio], [type=checkbox])");
  let wanted = -1; // where to go once the card that was sent has come back

  function send(card) {
    wanted = here();
    card.querySelector("form.find").requestSubmit();
  }

  document.addEventListener("keydown", (event) => {
    if (!cards().length || event.altKey) return;
    const card = cards()[here()];
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      if (!card?.querySelector("form.find")) return;
      send(card);
    } else if (event.ctrlKey || event.metaKey || typing(event.target)) return;
    else if (event.key === "j" || event.key === "k") go(card ? here() + (event.key === "j" ? 1 : -1) : 0);
    else if (card && /^[1-9]$/.test(event.key)) {
      const choice = card.querySelectorAll("form.find input[name=result]")[Number(event.key) - 1];
      if (!choice) return;
      choice.checked = true;
      const words = card.querySelector("form.find textarea");
      if (event.key === "1" || !words) send(card);
      else words.focus();
    } else return;
    event.preventDefault();
  });

  document.addEventListener("htmx:afterSwap", () => {
    if (wanted < 0) return;
    const back = cards()[wanted];
    const refused = back?.querySelector(".wrong");
    if (refused) back.querySelector("textarea")?.focus();
    else go(wanted + 1);
    wanted = -1;
  });

  // A unit that was chosen from the list joins the lines above.
  const unit = document.querySelector(".add-unit");
  const join = () => {
    const lines = document.querySelector("textarea[name=units]");
    if (!unit.value.trim()) return;
    lines.value = [...lines.value.split("\n").filter((one) => one.trim()), unit.value.trim()].join("\n");
    unit.value = "";
  };
  unit?.addEventListener("change", join);
  unit?.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    join();
  });

  const marker = document.querySelector(".mark-none");
  if (marker) {
    marker.hidden = false;
    marker.addEventListener("click", () => {
      const boxes = [...document.querySelectorAll("input[name=duty]")];
      const all = boxes.some((one) => !one.checked);
      for (const one of boxes) one.checked = all;
      marker.textContent = all ? marker.dataset.none : marker.dataset.all;
    });
  }
})();
