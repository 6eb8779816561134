// Which rows of the list are shown: by kind, by words, the undecided ones only.
import { byId, rows, state } from "./page.js";

export const wanted = () => new Set([...document.querySelectorAll(".kind[data-kind][aria-pressed=true]")].map((button) => button.dataset.kind));
const plain = (words) => words.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/gi, "d").toLowerCase();
const kinds = document.querySelectorAll(".kind[data-kind]").length;
const field = byId("filter");
let filtered = false;

export function filter() {
  const shown = wanted();
  const onlyOpen = byId("only-open").getAttribute("aria-pressed") === "true";
  const words = plain(field.value).split(/\s+/).filter(Boolean);
  const filters = shown.size < kinds || onlyOpen || words.length > 0;
  if (!filters && !filtered) return; // thousands of rows need not be looked at after every key
  filtered = filters;
  for (const row of document.querySelectorAll("#list .row")) {
    let hidden = !shown.has(row.dataset.k) || (onlyOpen && row.dataset.v !== "open" && row.dataset.i !== state.current);
    if (!hidden && words.length) {
      const said = plain(row.textContent);
      hidden = !words.every((word) => said.includes(word));
    }
    if (row.hidden !== hidden) row.hidden = hidden;
  }
}

// Enter goes to the first row left, Escape back to the keys.
export function bindFilter(choose) {
  field.addEventListener("input", filter);
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    field.blur();
    const [first] = rows();
    if (event.key === "Enter" && first) choose(first.dataset.i);
  });
}
