// Words for the reader at the head of the page, gone after a while.
const SECONDS = 6;

export function say(words) {
  const place = document.getElementById("says");
  if (!words || [...place.children].some((line) => line.textContent === words)) return;
  const line = document.createElement("p");
  line.textContent = words;
  place.append(line);
  setTimeout(() => line.remove(), SECONDS * 1000);
}
