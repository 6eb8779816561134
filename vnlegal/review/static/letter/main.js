// The page of a document: what the mouse and the keys do. The server holds all state.
import { unfinished, useMine } from "./drafts.js";
import { bindFilter, filter, wanted } from "./filter.js";
import { act, add, cancel, move, select } from "./items.js";
import { byId, detail, form, post, rowOf, show, state, text, turn } from "./page.js";
import { pictured } from "./pictures.js";
import "./places.js";
import { unpick } from "./selection.js";
import "./suggest.js";

const does = {
  undo: () => post("step/undo", {}),
  redo: () => post("step/redo", {}),
  sure: () => { const kinds = [...wanted()]; return post("sure", { kind: kinds.length === 1 ? kinds[0] : "" }); },
  help: () => byId("keys").showModal(),
  mine: useMine,
  cancel,
  unpick,
};
const toggle = (button) => { button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true")); filter(); };

function clickMark(mark) {
  if (!getSelection().isCollapsed) return;
  const ids = mark.dataset.i.split(" ");
  turn(() => select(ids[(ids.indexOf(state.current) + 1) % ids.length]));
}
document.addEventListener("click", (event) => {
  const button = event.target.closest("button, .m, .row");
  if (!button) return;
  const { act: action, go, then, add: kind, pane, do: todo } = button.dataset;
  if (button.classList.contains("m")) { if (text.contains(button) && button.dataset.i) clickMark(button); }
  else if (button.closest(".row")) turn(() => select(button.closest(".row").dataset.i));
  else if (action) turn(() => act(action));
  else if (go) turn(() => select(go, then === "form"));
  else if (kind) turn(() => add(kind));
  else if (pane) show(pane);
  else if (button.id === "as-pages" || button.id === "as-text") turn(() => pictured(button.id === "as-pages"));
  else if (button.classList.contains("kind")) toggle(button);
  else if (todo) turn(does[todo]);
});

// Words that are chosen are added as what is asked for next; without them the form for the kind shown is opened.
function addMissed() {
  if (state.picked) {
    byId("picked").hidden = false;
    byId("picked").querySelector("button").focus();
    return undefined;
  }
  const kinds = [...wanted()].filter((kind) => kind !== "finding");
  return add(kinds.length === 1 ? kinds[0] : "citation");
}
function toFilter() {
  show("side");
  byId("filter").focus();
  byId("filter").select();
}
const keys = {
  j: () => move(1), k: () => move(-1), a: () => act("accept"), r: () => act("reject"), e: () => act("form"),
  u: does.undo, U: does.redo, m: addMissed, p: () => pictured(), "/": toFilter, "?": does.help,
  w: () => { const why = detail.querySelector(".why"); if (why) why.open = !why.open; },
};
document.addEventListener("keydown", (event) => {
  if (byId("keys").open) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    turn(() => { if (form()) form().requestSubmit(); }); // also where it was pressed before the form came
  } else if (event.key === "Escape") {
    if (!form() && byId("picked").hidden) return;
    event.preventDefault();
    turn(cancel);
  } else if (keys[event.key] && !event.ctrlKey && !event.metaKey && !event.altKey && !event.target.closest("input, textarea, select")) {
    event.preventDefault();
    turn(keys[event.key]);
  }
});

bindFilter((id) => turn(() => select(id)));
for (const id of unfinished()) { const row = rowOf(id); if (row) row.classList.add("draft"); }
const begin = decodeURIComponent(location.hash.slice(1));
if (begin && rowOf(begin)) turn(() => select(begin));
