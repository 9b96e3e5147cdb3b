() => {
  const marks = [...document.querySelectorAll("#source mark.quote")];
  const here = marks.findIndex((mark) => mark.classList.contains("here"));
  if (!marks.length) return;
  const next = marks[(here + 1) % marks.length];
  marks.forEach((mark) => mark.classList.toggle("here", mark === next));
  next.tabIndex = -1;
  next.scrollIntoView({ block: "center" });
  next.focus({ preventScroll: true });
}
