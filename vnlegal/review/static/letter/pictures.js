// The pages as pictures, with the marks drawn on them; a box drawn with the mouse chooses the words under it.
import { point } from "./items.js";
import { base, byId, state, text } from "./page.js";
import { take } from "./selection.js";

const SMALLEST = 3; // points: below, a press is a click
const pages = byId("pages");

export async function pictured(on = pages && pages.hidden) {
  if (!pages || on === !pages.hidden) return;
  if (on && !pages.children.length) await htmx.ajax("GET", `${base}/pages`, { source: "#pages", target: "#pages", swap: "innerHTML" });
  pages.hidden = !on;
  text.classList.toggle("pictured", on);
  byId("as-pages").setAttribute("aria-pressed", String(on));
  byId("as-text").setAttribute("aria-pressed", String(!on));
  if (state.current) point(state.current);
}

let band = null; // the box being drawn: { svg, rect, from }
function place(svg, event) {
  const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
  return [at.x, at.y];
}
function box(event) {
  const [x, y] = place(band.svg, event);
  const [left, top] = band.from;
  return [Math.min(x, left), Math.min(y, top), Math.max(x, left), Math.max(y, top)];
}
function begin(event) {
  const shown = event.target.closest(".shown");
  if (!shown || event.button !== 0 || event.pointerType === "touch") return;
  event.preventDefault();
  const svg = shown.querySelector("svg");
  band = { svg, rect: null, from: place(svg, event) };
}
function draw(event) {
  if (!band) return;
  const [left, top, right, bottom] = box(event);
  if (!band.rect) {
    if (right - left < SMALLEST && bottom - top < SMALLEST) return;
    band.rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    band.rect.setAttribute("class", "band");
    band.svg.append(band.rect);
  }
  for (const [name, value] of Object.entries({ x: left, y: top, width: right - left, height: bottom - top })) band.rect.setAttribute(name, value.toFixed(1));
}
async function end(event) {
  const drawn = band;
  const corners = drawn && drawn.rect && box(event);
  band = null;
  if (!corners) return;
  // the press that drew the box is no click on the mark below it
  const swallow = (click) => { click.stopPropagation(); click.preventDefault(); };
  addEventListener("click", swallow, { capture: true });
  setTimeout(() => removeEventListener("click", swallow, { capture: true }), 0);
  const page = drawn.svg.id.slice(1);
  const answer = await fetch(`${base}/under/${page}?box=${corners.map((n) => n.toFixed(1)).join(",")}`).catch(() => null);
  drawn.rect.remove();
  if (answer && answer.status === 200) take(await answer.json());
}
if (pages) {
  pages.addEventListener("pointerdown", begin);
  addEventListener("pointermove", draw);
  addEventListener("pointerup", end);
  addEventListener("pointercancel", () => { if (band && band.rect) band.rect.remove(); band = null; });
}
