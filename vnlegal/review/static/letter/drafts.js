// What is typed is kept in this browser until it is saved or given up, also when the server or the browser dies.
import { say } from "../said.js";
import { byId, detail, form, letter } from "./page.js";

const OURS = `vnlegal:${letter.dataset.doc}/`;
const nameOf = (open) => `vnlegal:${open.dataset.kept}`;
let saving = null; // the draft of the form that is on its way to the server

export function keep() {
  const open = form();
  if (!open || open.dataset.touched === undefined) return;
  const values = {};
  for (const field of open.elements) if (field.name && field.name !== "base") values[field.name] = field.value;
  const draft = { version: open.elements.base.value, values };
  try { localStorage.setItem(nameOf(open), JSON.stringify(draft)); } catch { /* no room: the form itself still holds it */ }
}
export function touch() {
  form().dataset.touched = "";
  keep();
}
export function giveUp() {
  const open = form();
  if (open) localStorage.removeItem(nameOf(open));
}
export function forgetSaved() {
  if (saving) localStorage.removeItem(saving);
  saving = null;
}

function draftOf(open) {
  const kept = localStorage.getItem(nameOf(open));
  return kept && JSON.parse(kept);
}
function fill(open, values) {
  let changed = false;
  for (const [name, value] of Object.entries(values)) {
    const field = open.elements[name];
    if (field && field.value !== value) { field.value = value; changed = true; }
  }
  open.dataset.touched = "";
  return changed;
}
// A draft on the version that stands comes back by itself; on an older one only when it is asked for, so that nobody's
// change is overwritten unseen.
function restore(open) {
  const draft = draftOf(open);
  if (!draft) return;
  if (draft.version === open.elements.base.value) { if (fill(open, draft.values)) say(document.body.dataset.restored); }
  else byId("older").hidden = false;
}
export function useMine() {
  fill(form(), draftOf(form()).values);
  byId("older").hidden = true;
  keep();
}

// The ids of items with a draft, for the row of each.
export const unfinished = () => Object.keys(localStorage).filter((name) => name.startsWith(OURS)).map((name) => name.slice(OURS.length).split("/")[0]);

detail.addEventListener("htmx:beforeRequest", (event) => { if (event.target.id === "form") saving = nameOf(event.target); });
detail.addEventListener("htmx:afterSwap", (event) => {
  const open = form();
  if (event.target !== detail || !open) return;
  if (!open.querySelector(".error")) restore(open);
  const first = open.querySelector("[aria-invalid], input:not([type=hidden]), textarea");
  if (first) first.focus({ preventScroll: true });
});
