// A click on "Share this answer" is told to Python: only then is a link made.
document.addEventListener("click", (event) => {
  const link = event.target.closest && event.target.closest("a.share");
  if (!link) return;
  event.preventDefault();
  trigger("click", { turn: Number(link.getAttribute("href").split("-")[1]) });
});
