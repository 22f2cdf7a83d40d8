// A step with documents: the script sends them, so that what was typed and chosen stays where one is refused.
"use strict";
(() => {
  for (const form of document.querySelectorAll("form[data-files]")) {
    const input = form.querySelector("input[type=file]");
    const button = form.querySelector("button");
    input.closest("label").hidden = false;
    const line = document.createElement("p");
    line.setAttribute("role", "status");
    button.parentElement.before(line);
    const say = (text, kind) => { line.textContent = text; line.className = kind; };

    form.addEventListener("submit", async (event) => {
      if (!input.files.length) { input.disabled = true; return; }
      event.preventDefault();
      if (input.files.length > Number(input.dataset.most)) return say(`${form.dataset.toomany} ${input.dataset.most}`, "wrong");
      button.disabled = true;
      say(form.dataset.sending, "quiet");
      try {
        const answer = await dondoc.call("POST", form.dataset.files, new FormData(form));
        location.assign(answer.location);
      } catch (error) {
        say(error.message, "wrong");
        button.disabled = false;
      }
    });
  }
})();
