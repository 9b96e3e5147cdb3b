// A click (or Enter) on a citation, wherever it is on the page, is told to Python; Escape closes the source.
document.addEventListener("click", (event) => {
  const link = event.target.closest && event.target.closest("a.cite");
  if (!link) return;
  event.preventDefault();
  trigger("click", { place: link.getAttribute("href") });
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") document.querySelector("#close").click();
});
