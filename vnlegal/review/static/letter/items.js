// The current item: its row, its marks, its card, what is done to it, and what others do meanwhile.
import { forgetSaved, giveUp, keep } from "./drafts.js";
import { filter } from "./filter.js";
import { base, byId, card, detail, form, isSigned, letter, load, post, rowOf, rows, state, text, turn } from "./page.js";
import { unpick } from "./selection.js";

const NEWS_SECONDS = 4;
const marksOf = (id) => text.querySelectorAll(`.m[data-i~="${CSS.escape(id)}"]`);

export function point(id, { scroll = true } = {}) {
  for (const old of document.querySelectorAll(".now")) old.classList.remove("now");
  const row = rowOf(id);
  for (const other of document.querySelectorAll('#list [aria-current="true"]')) {
    if (!row || !row.contains(other)) other.removeAttribute("aria-current");
  }
  if (row) {
    row.classList.add("now");
    row.querySelector("button").setAttribute("aria-current", "true");
    if (scroll) row.scrollIntoView({ block: "nearest" });
  }
  const marks = marksOf(id);
  for (const mark of marks) mark.classList.add("now");
  if (scroll) bring([...marks].find((mark) => mark.getClientRects().length) || marks[0]);
}
// Bring a mark into the middle of the view where it is not in view.
function bring(mark) {
  if (!mark) return;
  const place = mark.getBoundingClientRect();
  const view = text.getBoundingClientRect();
  if (place.top < view.top + 20 || place.bottom > view.bottom - 40) mark.scrollIntoView({ block: "center" });
}

function become(id) {
  state.current = id;
  history.replaceState(null, "", `#${id}`);
}
export async function select(id, toEdit = false) {
  const row = id && rowOf(id);
  if (!row) return;
  keep();
  become(id);
  if (document.activeElement.closest("#list .row")) row.querySelector("button").focus({ preventScroll: true });
  point(id);
  await load(toEdit ? `i/${id}/edit` : `i/${id}`);
}
export function move(step) {
  const shown = rows();
  if (!shown.length) return;
  const at = shown.findIndex((row) => row.dataset.i === state.current);
  const next = at < 0 ? (step > 0 ? 0 : shown.length - 1) : Math.min(Math.max(at + step, 0), shown.length - 1);
  if (shown[next].dataset.i !== state.current) return select(shown[next].dataset.i);
}
function nextOpen() {
  const shown = rows();
  const at = shown.findIndex((row) => row.dataset.i === state.current);
  const later = [...shown.slice(at + 1), ...shown.slice(0, Math.max(at, 0))].find((row) => row.dataset.v === "open");
  if (later) return select(later.dataset.i);
  point(state.current);
}

export function act(name) {
  const shown = card();
  if (!shown || isSigned) return;
  const id = shown.dataset.item;
  return name === "form" ? load(`i/${id}/edit`) : post(`i/${id}/${name}`, { base: shown.dataset.version });
}
export function add(kind) {
  if (isSigned) return;
  const span = state.picked || { start: 0, end: 0 };
  byId("picked").hidden = true;
  return load(`new?kind=${kind}&start=${span.start}&end=${span.end}`);
}
export function cancel() {
  const open = form();
  giveUp();
  unpick();
  if (open && state.current) return select(state.current);
  if (open) detail.replaceChildren();
}

document.body.addEventListener("acted", (event) => {
  forgetSaved();
  const { item, go, select: chosen } = event.detail;
  if (chosen) become(chosen);
  filter();
  if (go && item === state.current) state.after = nextOpen();
  else point(state.current);
});
document.body.addEventListener("news", (event) => {
  filter();
  point(state.current, { scroll: false });
  if (!event.detail.value.includes(state.current)) return;
  if (form()) {
    byId("told").textContent = byId("says").textContent || "↻";
    byId("told").hidden = false;
  } else if (card() && !card().classList.contains("conflict")) turn(() => { if (card()) return load(`i/${state.current}`); });
});
// What others do is asked for in turn with what is done here, so that no older answer comes after a newer one.
setInterval(() => {
  if (document.hidden) return;
  turn(() => htmx.ajax("GET", `${base}/news?since=${byId("since").value}`, { source: "#news", target: "#news", swap: "none" }));
}, NEWS_SECONDS * 1000);
