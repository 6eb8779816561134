"use strict";
// The scripts of the page run when all of it has come, and forms are bound then. A key, a click or a chosen file that
// comes earlier is kept and done at that moment, so that none is lost and no form is sent the browser's own way.
(() => {
  const kept = [];
  function click(event) {
    const target = event.target.closest("button, .m");
    if (!target) return;
    event.preventDefault();
    kept.push(() => { if (target.isConnected) target.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true })); });
  }
  function keydown(event) {
    const { key, target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || key.length !== 1 || key === " " || target.closest("input, textarea, select")) return;
    event.preventDefault();
    kept.push(() => document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true })));
  }
  function change(event) {
    const { target } = event;
    if (target.type !== "file") return;
    event.stopImmediatePropagation();
    kept.push(() => { if (target.isConnected) target.dispatchEvent(new Event("change", { bubbles: true })); });
  }
  document.addEventListener("click", click, true);
  document.addEventListener("keydown", keydown, true);
  document.addEventListener("change", change, true);
  addEventListener("DOMContentLoaded", () => {
    document.removeEventListener("click", click, true);
    document.removeEventListener("keydown", keydown, true);
    document.removeEventListener("change", change, true);
    for (const todo of kept) todo();
    document.documentElement.dataset.ready = "";
  });
  // What the server has to hear goes through htmx only; a form that it does not know yet must not load a page.
  document.addEventListener("submit", (event) => { if (event.target.matches("[hx-post]")) event.preventDefault(); });
})();
