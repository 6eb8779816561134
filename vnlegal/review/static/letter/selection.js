// What is selected in the text, as offsets of code points; it fills the form that is open, or is offered to be added.
import { touch } from "./drafts.js";
import { byId, detail, form, isSigned, state, text } from "./page.js";

const BODIES = ["leads", "coordinators", "approvers"];
const points = (words) => { let count = 0; for (const _ of words) count += 1; return count; };
let field = null; // the field of the form that was entered last

detail.addEventListener("focusin", (event) => { if (event.target.name) field = event.target; });

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
  take({ start: start + points(words.match(/^\s*/)[0]), end: end - points(words.match(/\s*$/)[0]), words: words.trim() });
}

// Take a stretch: into the field at hand of the form that is open, else as something to add.
export function take({ start, end, words }) {
  state.picked = { start, end };
  const open = form();
  if (open && open.elements.words) fill(open, start, end, words);
  else if (!isSigned) {
    byId("picked-words").textContent = words;
    byId("picked").hidden = false;
  }
}
function fill(open, start, end, words) {
  const name = field && field.isConnected ? field.name : "words";
  const oneLine = words.split(/\s+/).join(" ");
  if (BODIES.includes(name)) field.value = [...field.value.split("\n").filter((line) => line.trim()), oneLine].join("\n");
  else if (name === "deadline" || name === "deliverable") field.value = oneLine;
  else {
    open.elements.words.value = words;
    open.elements.start.value = start;
    open.elements.end.value = end;
  }
  touch();
}
export function unpick() {
  state.picked = null;
  byId("picked").hidden = true;
}

text.addEventListener("mouseup", () => setTimeout(pick, 0));
text.addEventListener("touchend", () => setTimeout(pick, 50));
text.addEventListener("keyup", (event) => { if (event.shiftKey) pick(); });
pick(); // what was selected before this script came
