// Shows the errors of one kind, of one document; without it all are shown.
"use strict";
(() => {
  const faults = [...document.querySelectorAll(".fault")];
  const filters = [...document.querySelectorAll(".filter")];
  const choose = document.getElementById("document");
  const told = document.getElementById("shown");
  if (!told) return; // a page without errors to choose from
  let kind = "";

  function show() {
    let count = 0;
    for (const fault of faults) {
      const wanted = (!kind || fault.dataset.kinds.split(" ").includes(kind)) && (!choose.value || fault.dataset.document === choose.value);
      fault.hidden = !wanted;
      count += wanted;
    }
    for (const group of document.querySelectorAll(".kind")) group.hidden = !group.querySelector(".fault:not([hidden])");
    for (const filter of filters) filter.setAttribute("aria-pressed", String(filter.dataset.kind === kind));
    told.textContent = `${count} / ${faults.length} ${told.dataset.of}`;
  }

  for (const filter of filters) filter.addEventListener("click", () => { kind = filter.dataset.kind; show(); });
  choose.addEventListener("change", show);
  show();
})();
