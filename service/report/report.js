// A mark and its card share a reference; pointing at one lights up the other, a click goes to it.
"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("scripted");
  const refsOf = (element) => element.dataset.ref.split(" ");
  const sharing = (ref) => document.querySelectorAll(`[data-ref~="${CSS.escape(ref)}"]`);
  const taskOf = (ref) => /^d\d+t\d+/.exec(ref)?.[0];
  const calm = !matchMedia("(prefers-reduced-motion: reduce)").matches;
  const show = (element) => element.scrollIntoView({ block: "nearest", behavior: calm ? "smooth" : "auto" });

  function clear() {
    for (const element of document.querySelectorAll(".lit, .near")) element.classList.remove("lit", "near");
  }

  function light(element) {
    clear();
    for (const ref of refsOf(element)) {
      for (const other of sharing(ref)) other.classList.add("lit");
      const task = taskOf(ref);
      if (task) for (const card of document.querySelectorAll(`.card[data-ref="${task}"]`)) card.classList.add("near");
    }
  }

  // What a thing on one side leads to on the other.
  function goal(element) {
    if (!element.classList.contains("mark")) {
      return document.querySelector(`.mark[data-ref~="${CSS.escape(element.dataset.ref)}"]`);
    }
    const [ref] = refsOf(element);
    return document.querySelector(`.cards [data-ref="${CSS.escape(ref)}"]`);
  }

  function go(element) {
    const target = goal(element);
    if (!target) return;
    light(element);
    show(target);
    if (element.classList.contains("mark")) target.focus({ preventScroll: true });
  }

  const near = (event) => event.target.closest?.("[data-ref]");
  document.addEventListener("mouseover", (event) => (near(event) ? light(near(event)) : clear()));
  document.addEventListener("focusin", (event) => {
    const element = near(event);
    if (!element) return;
    light(element);
    const target = goal(element);
    if (target && element.matches(":focus-visible")) show(target);
  });
  document.addEventListener("focusout", clear);
  document.addEventListener("click", (event) => {
    const element = near(event);
    if (element) go(element);
  });
  document.addEventListener("keydown", (event) => {
    const element = near(event);
    if (element && (event.key === "Enter" || event.key === " ") && event.target === element && element.tagName !== "BUTTON") {
      event.preventDefault();
      go(element);
    }
  });

  document.getElementById("omitted").addEventListener("change", (event) =>
    root.classList.toggle("showing-omitted", event.target.checked));

  // One document is shown at a time; its address keeps which.
  const documents = [...document.querySelectorAll(".document")];
  const choose = document.getElementById("choose");
  function open(at) {
    const wanted = documents[Math.min(Math.max(at, 0), documents.length - 1)];
    for (const one of documents) one.classList.toggle("chosen", one === wanted);
    if (!choose || !wanted) return;
    choose.value = wanted.id;
    history.replaceState(null, "", `#${wanted.id}`);
    scrollTo(0, 0);
  }
  const current = () => documents.findIndex((one) => one.classList.contains("chosen"));
  choose?.addEventListener("change", () => open(documents.findIndex((one) => one.id === choose.value)));
  document.getElementById("before")?.addEventListener("click", () => open(current() - 1));
  document.getElementById("after")?.addEventListener("click", () => open(current() + 1));
  addEventListener("hashchange", () => open(documents.findIndex((one) => `#${one.id}` === location.hash)));
  open(documents.findIndex((one) => `#${one.id}` === location.hash));
})();
