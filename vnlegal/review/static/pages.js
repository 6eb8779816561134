// The edited table: a conflict that is left as it stands is folded away.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-keep]");
  if (!button) return;
  const clash = button.closest(".clash");
  clash.classList.add("settled");
  const told = document.createElement("span");
  told.className = "badge";
  told.textContent = clash.parentElement.dataset.kept;
  clash.querySelector(".acts").replaceChildren(told);
});
