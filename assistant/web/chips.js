// A chip drops its filter.
element.addEventListener("click", (event) => {
  const chip = event.target.closest("[data-drop]");
  if (chip) trigger("click", { drop: chip.dataset.drop });
});
