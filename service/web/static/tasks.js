// A table of what is listed is asked for, followed until it is made, and offered as a link.
"use strict";
(() => {
  const place = document.getElementById("exports");
  if (!place) return;
  const said = document.getElementById("exported");
  const words = place.dataset;
  const value = (name) => document.querySelector(`.filters [name=${name}]`)?.value.trim() ?? "";

  function wanted(format) {
    const day = value("due_before").match(/^(\d{1,2})\/(\d{1,2})\/(\d{4})$/);
    const unit = value("unit").match(/\(([a-z0-9/:._-]+)\)$/)?.[1] ?? value("unit");
    const form = { format, unit, q: value("q"), nature: value("nature"), field: value("field"), review: value("review") || null, status: value("status") || null };
    form.due_before = day ? `${day[3]}-${day[2].padStart(2, "0")}-${day[1].padStart(2, "0")}` : value("due_before") || null;
    return form;
  }

  async function make(format) {
    said.className = "quiet";
    said.textContent = words.making;
    try {
      let now = await dondoc.call("POST", "/api/v1/exports", wanted(format));
      while (!["done", "failed"].includes(now.state)) {
        await new Promise((resolve) => setTimeout(resolve, 500));
        now = await dondoc.call("GET", `/api/v1/exports/${now.id}`);
      }
      if (now.state === "failed") throw new Error(words.failed);
      const link = document.createElement("a");
      Object.assign(link, { href: now.links.file, textContent: `${words.done} (${format}, ${now.rows})` });
      link.setAttribute("download", "");
      said.replaceChildren(link);
      link.focus();
    } catch (error) {
      said.className = "wrong";
      said.textContent = error.message || words.failed;
    }
  }

  for (const button of place.querySelectorAll("button[data-format]")) button.addEventListener("click", () => make(button.dataset.format));
})();
