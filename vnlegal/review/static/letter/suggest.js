// Suggestions under a field; in a field of several lines they are for the line at hand.
import { touch } from "./drafts.js";
import { base, byId, detail, form } from "./page.js";

let asked = 0;
const optionsOf = (field) => byId(field.getAttribute("aria-controls"));

async function suggest(field) {
  if (!field.dataset.suggest) return;
  const turn = ++asked;
  const options = optionsOf(field);
  const url = `${base}/suggest/${field.dataset.suggest}?q=${encodeURIComponent(lineAt(field).words)}`;
  const answer = await fetch(url, { headers: { "HX-Request": "true" } }).catch(() => null);
  const words = answer && answer.ok ? await answer.text().catch(() => null) : null;
  if (words === null || turn !== asked) return; // asked only now, when all of the answer is here
  const parsed = new DOMParser().parseFromString(words, "text/html");
  options.replaceChildren(...parsed.querySelectorAll("li"));
  options.querySelectorAll("li").forEach((option, n) => { option.id = `${options.id}-${n}`; });
  open(field, options.children.length > 0);
}
function open(field, isOpen) {
  const options = optionsOf(field);
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
function put(field, option) {
  const { start, end } = lineAt(field);
  field.setRangeText(option.dataset.value, start, end, "end");
  open(field, false);
  touch();
  field.focus();
}
function choose(field, options, step) {
  const all = [...options.children];
  const at = all.findIndex((option) => option.getAttribute("aria-selected") === "true");
  asked += 1; // an answer that comes late must not move what is being chosen
  const next = (at + step + all.length) % all.length;
  all.forEach((option, n) => option.setAttribute("aria-selected", String(n === next)));
  all[next].scrollIntoView({ block: "nearest" });
  field.setAttribute("aria-activedescendant", all[next].id);
}

detail.addEventListener("input", (event) => {
  if (!form() || !form().contains(event.target)) return;
  touch();
  suggest(event.target);
});
detail.addEventListener("focusout", (event) => { if (event.target.dataset.suggest) setTimeout(() => open(event.target, false), 200); });
detail.addEventListener("keydown", (event) => {
  const field = event.target;
  const options = field.dataset.suggest && optionsOf(field);
  if (!options) return;
  if (options.hidden) {
    if (event.key === "ArrowDown" && field.tagName === "INPUT") { event.preventDefault(); suggest(field); }
    return;
  }
  const chosen = options.querySelector('[aria-selected="true"]');
  if (event.key === "ArrowDown" || event.key === "ArrowUp") choose(field, options, event.key === "ArrowDown" ? 1 : -1);
  else if (event.key === "Enter" && chosen && !event.ctrlKey) put(field, chosen);
  else if (event.key === "Escape") open(field, false);
  else return;
  event.preventDefault();
  event.stopPropagation();
});
detail.addEventListener("mousedown", (event) => {
  const option = event.target.closest(".options li");
  if (!option) return;
  event.preventDefault();
  put(detail.querySelector(`[aria-controls="${option.parentElement.id}"]`), option);
});
