// The list of proposed changes by keys: j and k go, a agrees, x leaves it.
"use strict";
(() => {
  const cards = () => [...document.querySelectorAll(".proposals > li")];
  const here = () => Math.max(0, cards().findIndex((one) => one.contains(document.activeElement)));
  document.addEventListener("keydown", (event) => {
    if (event.target.matches("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return;
    const all = cards();
    if (!all.length) return;
    if (event.key === "j" || event.key === "k") {
      const inside = all.some((one) => one.contains(document.activeElement));
      const next = inside ? here() + (event.key === "j" ? 1 : -1) : 0;
      all[Math.min(Math.max(next, 0), all.length - 1)].focus();
    } else if (event.key === "a" || event.key === "x") {
      all[here()].querySelector(event.key === "a" ? ".accept" : ".decline").click();
    } else return;
    event.preventDefault();
  });
})();
