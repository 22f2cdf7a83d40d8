// What every page shares: each change carries the session's token; problems are told where the eye is.
"use strict";
(() => {
  const csrf = () => document.body.dataset.csrf || "";
  const told = () => document.getElementById("told");

  function tell(text, kind = "note") {
    const line = document.createElement("p");
    line.className = kind;
    line.textContent = text;
    told().replaceChildren(line);
    setTimeout(() => line.remove(), kind === "note" ? 6000 : 15000);
  }

  // A problem's title holds Vietnamese and, in brackets, English: the page's own language of the two.
  function said(text) {
    const both = /^(.+) \(([ -~]+)\)$/s.exec(text ?? "");
    if (!both) return text ?? "";
    return document.documentElement.lang === "en" ? both[2][0].toUpperCase() + both[2].slice(1) : both[1];
  }

  // Software's way to call the API from a page: JSON in and out; a problem is thrown with its title.
  async function call(method, path, body) {
    const headers = { accept: "application/json", "x-csrf-token": csrf() };
    if (body !== undefined && !(body instanceof FormData)) headers["content-type"] = "application/json";
    const sent = body === undefined || body instanceof FormData ? body : JSON.stringify(body);
    const answer = await fetch(path, { method, headers, body: sent, credentials: "same-origin" })
      .catch(() => { throw new Error(document.body.dataset.offline); });
    const content = answer.status === 204 ? null : await answer.json().catch(() => null);
    if (!answer.ok) throw Object.assign(new Error(said(content?.title) || answer.statusText), { problem: content, status: answer.status });
    return content;
  }

  document.addEventListener("htmx:configRequest", (event) => {
    event.detail.headers["x-csrf-token"] = csrf();
  });
  document.addEventListener("htmx:responseError", (event) => tell(titleOf(event.detail.xhr), "wrong"));
  document.addEventListener("htmx:sendError", () => tell(document.body.dataset.offline, "wrong"));
  function titleOf(xhr) {
    try { return said(JSON.parse(xhr.responseText).title); } catch { return xhr.statusText; }
  }

  // The menus of the head open and close without this; Escape and a click elsewhere close them, too.
  const menus = () => document.querySelectorAll(".top details[open]");
  document.addEventListener("click", (event) => {
    for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
  });
  document.querySelector(".top")?.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of menus()) {
      if (menu.contains(event.target)) menu.querySelector("summary").focus();
      menu.open = false;
    }
  });
  window.dondoc = { call, tell, said };
})();
