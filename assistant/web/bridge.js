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
  if (event.key !== "Escape" || document.querySelector("#keys[open]")) return;
  document.querySelector("#close").click();
  if (opener && opener.isConnected) opener.focus();
});
// "/" goes to the question, "j" and "k" from quote to quote of the open article, "?" tells the keys.
const typing = (target) => target.closest && target.closest("input, textarea, select, [contenteditable=true]");
const keys = document.createElement("dialog");
keys.id = "keys";
keys.setAttribute("aria-label", "Keys");
keys.innerHTML = "<h2>Keys</h2><dl><dt>/</dt><dd>ask a question</dd><dt>j, k</dt><dd>next quote, quote before</dd><dt>Esc</dt><dd>close the article</dd><dt>?</dt><dd>show these keys</dd></dl><form method='dialog'><button>Close</button></form>";
document.body.append(keys);
const step = (by) => {
  const marks = [...document.querySelectorAll("#source mark.quote")];
  if (!marks.length) return;
  const here = marks.findIndex((mark) => mark.classList.contains("here"));
  const next = marks[(here + by + marks.length) % marks.length];
  marks.forEach((mark) => mark.classList.toggle("here", mark === next));
  next.tabIndex = -1;
  next.scrollIntoView({ block: "center" });
  next.focus({ preventScroll: true });
};
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || keys.open) return;
  const does = { "/": () => document.querySelector("#question textarea").focus(), j: () => step(1), k: () => step(-1), "?": () => keys.showModal() }[event.key];
  if (!does) return;
  event.preventDefault();
  does();
});
// Gradio's search field has no label, and its picture marks without words: the list below it says the same.
const name = () => {
  document.querySelectorAll("input.search-input:not([aria-label])").forEach((field) => field.setAttribute("aria-label", "Search the table"));
  document.querySelectorAll("#picture svg:not([aria-hidden]), #months svg:not([aria-hidden])").forEach((picture) => picture.setAttribute("aria-hidden", "true"));
};
// Gradio names a message by its HTML; a screen reader should say its words.
const spoken = () => {
  document.querySelectorAll('#chat [aria-label*="<"]').forEach((message) => {
    const words = new DOMParser().parseFromString(message.getAttribute("aria-label"), "text/html").body.textContent;
    message.setAttribute("aria-label", words.replaceAll("<", " "));
  });
};
new MutationObserver(spoken).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["aria-label"] });
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
