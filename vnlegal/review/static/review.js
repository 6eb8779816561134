"use strict";
// The page's own script: which item is current, keys, selections, suggestions, drafts. The server holds all state.
(() => {
  const letter = document.getElementById("letter");
  const byId = (id) => document.getElementById(id);

  // Words for the reader, gone after a while.
  function say(words) {
    if (!words) return;
    const line = document.createElement("p");
    line.textContent = words;
    byId("says").append(line);
    setTimeout(() => line.remove(), 6000);
  }
  document.body.addEventListener("say", (event) => say(event.detail.value));
  document.body.addEventListener("htmx:sendError", () => say(document.body.dataset.offline));
  document.body.addEventListener("htmx:responseError", (event) => {
    const { xhr } = event.detail;
    say(xhr.responseText && xhr.responseText.length < 400 && !xhr.responseText.startsWith("<") ? xhr.responseText : `${xhr.status}`);
  });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    const { xhr } = event.detail;
    if (xhr && xhr.status === 422 && (xhr.getResponseHeader("content-type") || "").startsWith("text/plain")) say(xhr.responseText);
  });

  // Without a choice of one's own, the first click leaves what the system shows.
  const theme = byId("theme");
  if (theme && !document.documentElement.dataset.theme && matchMedia("(prefers-color-scheme: dark)").matches) theme.elements.theme.value = "light";

  // The way in: files dropped or chosen are sent at once.
  const drop = byId("drop");
  if (drop) {
    const files = byId("files");
    const sent = byId("sent");
    files.addEventListener("change", () => { if (files.files.length) htmx.trigger(drop, "submit"); });
    for (const name of ["dragover", "dragleave", "drop"]) {
      drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.toggle("over", name === "dragover"); });
    }
    drop.addEventListener("drop", (event) => { files.files = event.dataTransfer.files; htmx.trigger(drop, "submit"); });
    drop.addEventListener("htmx:xhr:progress", (event) => {
      sent.hidden = false;
      if (event.detail.total) sent.value = (100 * event.detail.loaded) / event.detail.total;
    });
    drop.addEventListener("htmx:afterRequest", () => { sent.hidden = true; files.value = ""; });
  }
  if (!letter) return;

  const base = `/d/${letter.dataset.doc}`;
  const text = byId("text");
  const detail = byId("detail");
  let current = null;
  let after = null; // what an answer has set going

  // One thing after another: a key pressed while the server works waits for its turn and sees what came back.
  let line = Promise.resolve();
  const turn = (todo) => { line = line.then(todo).catch(() => {}); return line; };
  const load = (path) => htmx.ajax("GET", `${base}/${path}`, { source: "#side", target: "#detail", swap: "innerHTML" });

  const rowOf = (id) => byId(`i-${id}`);
  const rows = () => [...document.querySelectorAll("#list .row:not([hidden])")];
  const marksOf = (id) => text.querySelectorAll(`.m[data-i~="${CSS.escape(id)}"]`);
  const form = () => byId("form");
  const show = (pane) => {
    document.querySelector(".panes").dataset.shown = pane;
    for (const tab of document.querySelectorAll(".tabs button")) tab.setAttribute("aria-pressed", String(tab.dataset.pane === pane));
  };

  // The current item: its row, its marks, its card.
  function point(id, { scroll = true } = {}) {
    for (const old of document.querySelectorAll(".now")) old.classList.remove("now");
    const row = rowOf(id);
    if (row) {
      row.classList.add("now");
      row.querySelector("button").setAttribute("aria-current", "true");
      if (scroll) row.scrollIntoView({ block: "nearest" });
    }
    for (const other of document.querySelectorAll('#list [aria-current="true"]')) {
      if (!row || !row.contains(other)) other.removeAttribute("aria-current");
    }
    const marks = marksOf(id);
    for (const mark of marks) mark.classList.add("now");
    const seen = [...marks].find((mark) => mark.getClientRects().length) || marks[0];
    if (seen && scroll) {
      const place = seen.getBoundingClientRect();
      const view = text.getBoundingClientRect();
      if (place.top < view.top + 20 || place.bottom > view.bottom - 40) seen.scrollIntoView({ block: "center" });
    }
  }
  async function select(id, form = false) {
    if (!id || !rowOf(id)) return;
    keep();
    current = id;
    history.replaceState(null, "", `#${id}`);
    point(id);
    await load(form ? `i/${id}/edit` : `i/${id}`);
  }
  function move(step) {
    const shown = rows();
    if (!shown.length) return;
    const at = shown.findIndex((row) => row.dataset.i === current);
    const next = at < 0 ? (step > 0 ? 0 : shown.length - 1) : Math.min(Math.max(at + step, 0), shown.length - 1);
    if (shown[next].dataset.i !== current) return select(shown[next].dataset.i);
  }
  function nextOpen() {
    const shown = rows();
    const at = shown.findIndex((row) => row.dataset.i === current);
    const later = [...shown.slice(at + 1), ...shown.slice(0, Math.max(at, 0))].find((row) => row.dataset.v === "open");
    if (later) return select(later.dataset.i);
    point(current);
  }

  // What is done to an item.
  async function post(path, values) {
    after = null;
    const since = byId("since").value;
    await htmx.ajax("POST", `${base}/${path}?since=${since}`, { source: "#letter", target: "#detail", swap: "innerHTML", values });
    await after;
  }
  function act(name) {
    const card = byId("card");
    if (!card || letter.dataset.signed !== undefined) return;
    const id = card.dataset.item;
    return name === "form" ? load(`i/${id}/edit`) : post(`i/${id}/${name}`, { base: card.dataset.version });
  }
  function add(kind) {
    const span = picked || { start: 0, end: 0 };
    byId("picked").hidden = true;
    return load(`new?kind=${kind}&start=${span.start}&end=${span.end}`);
  }
  function cancel() {
    const open = form();
    forget();
    picked = null;
    byId("picked").hidden = true;
    if (open && current) return select(current);
    if (open) detail.replaceChildren();
  }
  document.body.addEventListener("acted", (event) => {
    forget();
    const { item, go, select: chosen } = event.detail;
    if (chosen) { current = chosen; history.replaceState(null, "", `#${chosen}`); }
    filter();
    if (go && item === current) after = nextOpen();
    else point(current);
  });
  document.body.addEventListener("news", (event) => {
    const items = event.detail.value;
    filter();
    point(current, { scroll: false });
    if (!items.includes(current)) return;
    if (form()) { const told = byId("told"); told.textContent = byId("says").textContent || "↻"; told.hidden = false; }
    else if (byId("card") && !byId("card").classList.contains("conflict")) turn(() => { if (byId("card")) return load(`i/${current}`); });
  });

  // Filters of the list.
  const wanted = () => new Set([...document.querySelectorAll(".kind[data-kind][aria-pressed=true]")].map((b) => b.dataset.kind));
  const plain = (words) => words.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/gi, "d").toLowerCase();
  let filtered = false;
  function filter() {
    const kinds = wanted();
    const open = byId("only-open").getAttribute("aria-pressed") === "true";
    const words = plain(byId("filter").value).split(/\s+/).filter(Boolean);
    const filters = kinds.size < 4 || open || words.length > 0;
    if (!filters && !filtered) return; // thousands of rows need not be looked at after every key
    filtered = filters;
    for (const row of document.querySelectorAll("#list .row")) {
      let hidden = !kinds.has(row.dataset.k) || (open && row.dataset.v !== "open" && row.dataset.i !== current);
      if (!hidden && words.length) { const said = plain(row.textContent); hidden = !words.every((word) => said.includes(word)); }
      if (row.hidden !== hidden) row.hidden = hidden;
    }
  }
  byId("filter").addEventListener("input", filter);
  byId("filter").addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === "Escape") { event.preventDefault(); event.target.blur(); if (event.key === "Enter") { const first = rows()[0]; if (first) turn(() => select(first.dataset.i)); } }
  });

  // What is selected in the text, as offsets of code points.
  let picked = null;
  const points = (words) => { let n = 0; for (const _ of words) n += 1; return n; };
  function offset(node, at) {
    const line = (node.nodeType === 1 ? node : node.parentElement).closest(".l");
    if (!line) return null;
    const range = document.createRange();
    range.selectNodeContents(line);
    range.setEnd(node, at);
    return Number(line.dataset.s) + points(range.toString());
  }
  function pick() {
    const chosen = getSelection();
    if (!chosen.rangeCount || chosen.isCollapsed) return;
    const range = chosen.getRangeAt(0);
    if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return;
    const start = offset(range.startContainer, range.startOffset);
    const end = offset(range.endContainer, range.endOffset);
    const words = chosen.toString();
    if (start === null || end === null || end <= start || !words.trim()) return;
    const before = points(words.match(/^\s*/)[0]);
    const after = points(words.match(/\s*$/)[0]);
    picked = { start: start + before, end: end - after };
    const open = form();
    if (open && open.elements.words) {
      open.elements.words.value = words.trim();
      open.elements.start.value = picked.start;
      open.elements.end.value = picked.end;
      keep();
      return;
    }
    if (letter.dataset.signed !== undefined) return;
    byId("picked-words").textContent = words.trim();
    byId("picked").hidden = false;
  }
  text.addEventListener("mouseup", () => setTimeout(pick, 0));
  text.addEventListener("touchend", () => setTimeout(pick, 50));
  text.addEventListener("keyup", (event) => { if (event.shiftKey) pick(); });

  // What is typed is kept until it is saved or given up, also when the server or the browser dies.
  const key = (open) => `vnlegal:${open.dataset.kept}`;
  function keep() {
    const open = form();
    if (!open || open.dataset.touched === undefined) return;
    const values = {};
    for (const field of open.elements) if (field.name && field.name !== "base") values[field.name] = field.value;
    try { localStorage.setItem(key(open), JSON.stringify(values)); } catch { /* no room: the form itself still holds it */ }
  }
  function forget() { for (const name of Object.keys(localStorage)) if (name.startsWith(`vnlegal:${letter.dataset.doc}/`)) { if (!saving || name === saving) localStorage.removeItem(name); } saving = null; }
  let saving = null;
  function restore(open) {
    const kept = localStorage.getItem(key(open));
    if (!kept) return;
    const values = JSON.parse(kept);
    let changed = false;
    for (const [name, value] of Object.entries(values)) {
      const field = open.elements[name];
      if (field && field.value !== value) { field.value = value; changed = true; }
    }
    open.dataset.touched = "";
    if (changed) say(document.body.dataset.restored);
  }
  detail.addEventListener("input", (event) => { const open = form(); if (open && open.contains(event.target)) { open.dataset.touched = ""; keep(); suggest(event.target); } });
  detail.addEventListener("htmx:beforeRequest", (event) => { if (event.target.id === "form") saving = key(event.target); });
  detail.addEventListener("htmx:afterSwap", (event) => {
    if (event.target !== detail) return;
    const open = form();
    if (open) {
      if (!open.querySelector(".error")) restore(open);
      const first = open.querySelector("[aria-invalid], input:not([type=hidden]), textarea");
      if (first) first.focus({ preventScroll: true });
    } else {
      if (document.activeElement && document.activeElement.closest("#detail")) document.activeElement.blur();
    }
  });

  // Suggestions under a field; in a field of several lines they are for the line at hand.
  let asked = 0;
  async function suggest(field) {
    if (!field.dataset.suggest) return;
    const turn = ++asked;
    const options = byId(field.getAttribute("aria-controls"));
    const words = lineAt(field).words;
    const answer = await fetch(`${base}/suggest/${field.dataset.suggest}?q=${encodeURIComponent(words)}`, { headers: { "HX-Request": "true" } }).catch(() => null);
    if (!answer || !answer.ok || turn !== asked) return;
    const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
    options.replaceChildren(...parsed.querySelectorAll("li"));
    options.querySelectorAll("li").forEach((option, n) => { option.id = `${options.id}-${n}`; });
    open(field, options.children.length > 0);
  }
  function open(field, isOpen) {
    const options = byId(field.getAttribute("aria-controls"));
    if (!options) return; // the form has gone meanwhile
    options.hidden = !isOpen;
    if (field.getAttribute("role") === "combobox") field.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) field.removeAttribute("aria-activedescendant");
  }
  function lineAt(field) {
    if (field.tagName === "INPUT") return { start: 0, end: field.value.length, words: field.value };
    const start = field.value.lastIndexOf("\n", field.selectionStart - 1) + 1;
    const stop = field.value.indexOf("\n", field.selectionStart);
    const end = stop < 0 ? field.value.length : stop;
    return { start, end, words: field.value.slice(start, end) };
  }
  function take(field, option) {
    const { start, end } = lineAt(field);
    field.setRangeText(option.dataset.value, start, end, "end");
    open(field, false);
    form().dataset.touched = "";
    keep();
    field.focus();
  }
  detail.addEventListener("focusout", (event) => { if (event.target.dataset.suggest) setTimeout(() => { const options = byId(event.target.getAttribute("aria-controls")); if (options) open(event.target, false); }, 200); });
  detail.addEventListener("keydown", (event) => {
    const field = event.target;
    const options = field.dataset.suggest && byId(field.getAttribute("aria-controls"));
    if (!options || options.hidden) {
      if (options && event.key === "ArrowDown" && field.tagName === "INPUT") { event.preventDefault(); suggest(field); }
      return;
    }
    const all = [...options.children];
    const at = all.findIndex((option) => option.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      asked += 1; // an answer that comes late must not move what is being chosen
      const next = (at + (event.key === "ArrowDown" ? 1 : -1) + all.length) % all.length;
      all.forEach((option, n) => option.setAttribute("aria-selected", String(n === next)));
      all[next].scrollIntoView({ block: "nearest" });
      field.setAttribute("aria-activedescendant", all[next].id);
    } else if (event.key === "Enter" && at >= 0 && !event.ctrlKey) { event.preventDefault(); event.stopPropagation(); take(field, all[at]); }
    else if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); open(field, false); }
  });
  detail.addEventListener("mousedown", (event) => {
    const option = event.target.closest(".options li");
    if (!option) return;
    event.preventDefault();
    take(detail.querySelector(`[aria-controls="${option.parentElement.id}"]`), option);
  });

  // Mouse.
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button, .m, .row");
    if (!button) return;
    if (button.classList.contains("m") && text.contains(button) && button.dataset.i) {
      if (!getSelection().isCollapsed) return;
      const ids = button.dataset.i.split(" ");
      turn(() => select(ids[(ids.indexOf(current) + 1) % ids.length]));
    } else if (button.closest(".row")) turn(() => select(button.closest(".row").dataset.i));
    else if (button.dataset.act) turn(() => act(button.dataset.act));
    else if (button.dataset.go) turn(() => select(button.dataset.go, button.dataset.then === "form"));
    else if (button.dataset.add) turn(() => add(button.dataset.add));
    else if (button.dataset.pane) show(button.dataset.pane);
    else if (button.id === "as-pages" || button.id === "as-text") turn(() => pictured(button.id === "as-pages"));
    else if (button.classList.contains("kind")) { button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true")); filter(); }
    else if (button.dataset.do) turn(does[button.dataset.do]);
  });
  const does = {
    undo: () => post("step/undo", {}), redo: () => post("step/redo", {}), help: () => byId("keys").showModal(), cancel,
    sure: () => { const kinds = [...wanted()]; return post("sure", { kind: kinds.length === 1 ? kinds[0] : "" }); },
    unpick: () => { picked = null; byId("picked").hidden = true; },
  };

  // The pages as pictures, with the marks drawn on them.
  const pages = byId("pages");
  async function pictured(on) {
    if (!pages || on === !pages.hidden) return;
    if (on && !pages.children.length) await htmx.ajax("GET", `${base}/pages`, { source: "#pages", target: "#pages", swap: "innerHTML" });
    pages.hidden = !on;
    text.classList.toggle("pictured", on);
    byId("as-pages").setAttribute("aria-pressed", String(on));
    byId("as-text").setAttribute("aria-pressed", String(!on));
    if (current) point(current);
  }

  // Keys.
  const keys = {
    j: () => move(1), k: () => move(-1), a: () => act("accept"), r: () => act("reject"), e: () => act("form"),
    u: does.undo, U: does.redo, m: () => { const kinds = [...wanted()].filter((kind) => kind !== "finding"); if (picked) byId("picked").hidden = false; if (picked) byId("picked").querySelector("button").focus(); else return add(kinds.length === 1 ? kinds[0] : "citation"); },
    w: () => { const why = detail.querySelector(".why"); if (why) why.open = !why.open; },
    p: () => pictured(Boolean(pages && pages.hidden)),
    "/": () => { show("side"); byId("filter").focus(); byId("filter").select(); }, "?": does.help,
  };
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select");
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form()) { event.preventDefault(); form().requestSubmit(); return; }
    if (event.key === "Escape" && !byId("keys").open) { if (form() || !byId("picked").hidden) { event.preventDefault(); turn(cancel); } return; }
    if (typing || event.ctrlKey || event.metaKey || event.altKey || byId("keys").open) return;
    const todo = keys[event.key];
    if (todo) { event.preventDefault(); turn(todo); }
  });

  if (location.hash.length > 1 && rowOf(location.hash.slice(1))) turn(() => select(location.hash.slice(1)));
})();
