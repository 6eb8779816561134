// The parts of the page of a document, its current state, and the one line in which everything is done.
export const byId = (id) => document.getElementById(id);
export const letter = byId("letter");
export const text = byId("text");
export const detail = byId("detail");
export const base = `/d/${letter.dataset.doc}`;
export const isSigned = letter.dataset.signed !== undefined;
// `current`: the id of the item at hand; `picked`: the stretch chosen in the text or on a page; `after`: what an answer
// of the server has set going.
export const state = { current: null, picked: null, after: null };

export const form = () => byId("form");
export const card = () => byId("card");
export const rowOf = (id) => byId(`i-${id}`);
export const rows = () => [...document.querySelectorAll("#list .row:not([hidden])")];

// One thing after another: a key pressed while the server works waits for its turn and sees what came back.
let line = Promise.resolve();
export function turn(todo) {
  line = line.then(todo).catch((error) => { if (error instanceof Error) console.error(error); }); // htmx tells its own
  return line;
}

// What the server sends replaces what had the focus: then the same place gets it again, and Tab goes on from there.
let place = null;
document.body.addEventListener("htmx:beforeSwap", () => {
  const at = document.activeElement;
  place = at && ["list", "detail"].find((id) => at.closest(`#${id}`));
});
function refocus() {
  const at = document.activeElement;
  if (!place || (at && at !== document.body)) return;
  const row = rowOf(state.current);
  const next = place === "list" && row ? row.querySelector("button") : card();
  if (next) next.focus({ preventScroll: true });
}
document.body.addEventListener("htmx:afterSwap", refocus);
document.body.addEventListener("htmx:oobAfterSwap", refocus);

export const load = (path) => htmx.ajax("GET", `${base}/${path}`, { source: "#side", target: "#detail", swap: "innerHTML" });

export async function post(path, values) {
  state.after = null;
  const since = byId("since").value;
  await htmx.ajax("POST", `${base}/${path}?since=${since}`, { source: "#letter", target: "#detail", swap: "innerHTML", values });
  await state.after;
}

// On a phone the text and the list take turns.
export function show(pane) {
  document.querySelector(".panes").dataset.shown = pane;
  for (const tab of document.querySelectorAll(".tabs button")) tab.setAttribute("aria-pressed", String(tab.dataset.pane === pane));
}
