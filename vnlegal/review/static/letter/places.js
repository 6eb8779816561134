// An address may name a place instead of an item: #s120-140 are code points of the text. It is shown and marked.
import { text } from "./page.js";

function nodeAt(line, wanted) {
  const nodes = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
  let left = wanted;
  for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
    const letters = [...node.data];
    if (left <= letters.length) return [node, letters.slice(0, left).join("").length];
    left -= letters.length;
  }
  return [line, line.childNodes.length];
}

export function showPlace() {
  const found = /^#s(\d+)-(\d+)$/.exec(location.hash);
  if (!found) return;
  const [start, end] = [Number(found[1]), Number(found[2])];
  const lines = [...text.querySelectorAll(".l")];
  const before = (place) => lines.findLast((line) => Number(line.dataset.s) <= place) || lines[0];
  const [first, last] = [before(start), before(Math.max(start, end - 1))];
  if (!first) return;
  const range = document.createRange();
  range.setStart(...nodeAt(first, start - Number(first.dataset.s)));
  range.setEnd(...nodeAt(last, end - Number(last.dataset.s)));
  first.scrollIntoView({ block: "center" });
  if (window.Highlight) CSS.highlights.set("place", new Highlight(range));
  else getSelection().setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
}

showPlace();
addEventListener("hashchange", showPlace);
