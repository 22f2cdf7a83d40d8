// A former book: the workbook is sent for each look, with what the user chose; the answer is shown below.
"use strict";
(() => {
  const form = document.getElementById("import");
  const told = document.getElementById("import-told");
  const rows = document.getElementById("import-rows");
  const say = (text, kind) => { told.textContent = text; told.className = kind; };

  form.querySelector("[type=file]").addEventListener("change", () => { rows.replaceChildren(); say("", ""); });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = event.submitter || form.querySelector("button");
    const body = new FormData(form);
    button.disabled = true;
    say(form.dataset.reading, "quiet");
    try {
      const answer = await dondoc.call("POST", button.dataset.to, body);
      rows.innerHTML = answer.html;
      say("", "");
    } catch (error) {
      say(error.message, "wrong");
    } finally {
      button.disabled = false;
    }
  });
})();
