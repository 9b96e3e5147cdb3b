// A click (or Enter) on a citation, wherever it is on the page, is told to Python; Escape closes the source.
let opener = null; // what was opened last, where the focus goes back to
document.addEventListener("click", (event) => {
  const link = event.target.closest && event.target.closest("a.cite");
  if (!link) return;
  event.preventDefault();
  opener = link;
  trigger("click", { place: link.getAttribute("href") });
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  document.querySelector("#close").click();
  if (opener && opener.isConnected) opener.focus();
});
// Gradio's search field has no label, and its picture marks without words: the list below it says the same.
const name = () => {
  document.querySelectorAll("input.search-input:not([aria-label])").forEach((field) => field.setAttribute("aria-label", "Search the table"));
  document.querySelectorAll("#picture svg:not([aria-hidden]), #months svg:not([aria-hidden])").forEach((picture) => picture.setAttribute("aria-hidden", "true"));
};
// A question is shown as HTML; who edits it edits its words.
const plain = () => {
  document.querySelectorAll("#chat textarea").forEach((field) => {
    if (!field.value.startsWith('<p class="question">')) return;
    field.value = new DOMParser().parseFromString(field.value, "text/html").body.textContent;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
};
document.addEventListener("focusin", () => setTimeout(plain, 0));
new MutationObserver(plain).observe(document.body, { childList: true, subtree: true });
new MutationObserver(name).observe(document.body, { childList: true, subtree: true });
name();
// A card that would be cut off at the side or above is moved to where it is whole.
const fit = (event) => {
  const link = event.target.closest && event.target.closest("a.cite");
  const card = link && link.querySelector(".card");
  if (!card) return;
  card.style.left = "0px";
  card.style.bottom = "";
  card.style.top = "";
  const room = (link.closest("#chat") || document.documentElement).getBoundingClientRect();
  const box = card.getBoundingClientRect();
  if (box.right > room.right - 16) card.style.left = `${Math.max(room.left + 8 - link.getBoundingClientRect().left, room.right - 16 - box.right)}px`;
  if (box.top < Math.max(room.top, 0)) {
    card.style.bottom = "auto";
    card.style.top = "1.8em";
  }
};
document.addEventListener("mouseover", fit);
document.addEventListener("focusin", fit);
