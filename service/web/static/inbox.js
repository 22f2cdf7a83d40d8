// Files are sent one by one; each tells how far it is until it can be opened.
"use strict";
(() => {
  const form = document.getElementById("upload");
  if (!form) return;
  const input = document.getElementById("files");
  const list = document.getElementById("uploads");
  const words = list.dataset;

  function row(name) {
    const item = document.createElement("li");
    const title = document.createElement("span");
    title.textContent = `${name} `;
    const state = document.createElement("span");
    state.className = "quiet";
    state.textContent = words.sending;
    item.append(title, state);
    list.append(item);
    return { item, say: (text, kind = "quiet") => { if (state.textContent !== text) state.textContent = text; state.className = kind; } };
  }

  // What is being done with an upload, in words; a bar where its pages are counted.
  function reached(now, line) {
    const counted = now.stage === "pages" && now.pages > 1;
    const stage = { opening: words.opening, tasks: words.finding, pages: words.reading }[now.stage];
    line.say(counted ? words.page.replace("{page}", now.page).replace("{pages}", now.pages)
      : now.state === "reading" ? stage ?? words.reading : words.waiting);
    if (counted) bar(line, now);
    else line.item.querySelector("progress")?.remove();
  }

  function bar(line, now) {
    const shown = line.item.querySelector("progress") ?? document.createElement("progress");
    shown.max = now.pages;
    shown.value = now.page;
    shown.setAttribute("aria-hidden", "true"); // the words beside it say the same
    if (!shown.parentNode) line.item.append(shown);
  }

  async function send(file) {
    const line = row(file.name);
    const body = new FormData();
    body.append("files", file);
    try {
      const answer = await dondoc.call("POST", "/api/v1/uploads", body);
      for (const upload of answer.uploads) await follow(upload, line);
    } catch (error) {
      line.say(error.message, "wrong");
    }
  }

  async function follow(upload, line) {
    let now = upload;
    while (!["done", "failed", "refused"].includes(now.state)) {
      reached(now, line);
      await new Promise((resolve) => setTimeout(resolve, 600));
      now = await dondoc.call("GET", `/api/v1/uploads/${upload.id}`);
    }
    line.item.querySelector("progress")?.remove();
    if (now.state === "refused") return line.say({ doubt: words.refusedDoubt, purged: words.refusedPurged }[now.message] ?? words.refused, "wrong");
    if (now.state === "failed") return line.say(`${words.failed}: ${dondoc.said(now.message)}`, "wrong");
    const known = now.outcome === "duplicate_of" ? words.known : words.done;
    line.say(`${known} · ${now.tasks ?? 0} ${words.tasks} `, "good");
    const link = document.createElement("a");
    link.href = `/documents/${now.document}`;
    link.textContent = words.open;
    line.item.append(link);
  }

  const sendAll = (files) => { for (const file of files) send(file); input.value = ""; };
  input.addEventListener("change", () => sendAll([...input.files]));
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const kind of ["dragover", "dragleave", "drop"]) {
    form.addEventListener(kind, (event) => {
      event.preventDefault();
      form.classList.toggle("over", kind === "dragover");
      if (kind === "drop") sendAll([...event.dataTransfer.files]);
    });
  }
})();
