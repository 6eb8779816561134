// What every page does: tell what the server says, remember light and dark, take files that are dropped.
import { say } from "./said.js";

document.body.addEventListener("say", (event) => say(event.detail.value));
document.body.addEventListener("htmx:sendError", () => say(document.body.dataset.offline));
document.body.addEventListener("htmx:responseError", (event) => {
  const { xhr } = event.detail;
  say(xhr.responseText && xhr.responseText.length < 400 && !xhr.responseText.startsWith("<") ? xhr.responseText : `${xhr.status}`);
});
document.body.addEventListener("htmx:afterRequest", (event) => {
  const { xhr } = event.detail;
  if (xhr && xhr.status === 422 && (xhr.getResponseHeader("content-type") || "").startsWith("text/plain")) say(xhr.responseText);
});

// Without a choice of one's own, the first click leaves what the system shows.
const theme = document.getElementById("theme");
if (theme && !document.documentElement.dataset.theme && matchMedia("(prefers-color-scheme: dark)").matches) theme.elements.theme.value = "light";

// The way in: files dropped or chosen are sent at once.
const drop = document.getElementById("drop");
if (drop) {
  const files = document.getElementById("files");
  const sent = document.getElementById("sent");
  files.addEventListener("change", () => { if (files.files.length) htmx.trigger(drop, "submit"); });
  for (const name of ["dragover", "dragleave", "drop"]) {
    drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.toggle("over", name === "dragover"); });
  }
  drop.addEventListener("drop", (event) => { files.files = event.dataTransfer.files; htmx.trigger(drop, "submit"); });
  drop.addEventListener("htmx:xhr:progress", (event) => {
    sent.hidden = false;
    if (event.detail.total) sent.value = (100 * event.detail.loaded) / event.detail.total;
  });
  drop.addEventListener("htmx:afterRequest", () => { sent.hidden = true; files.value = ""; });
}
