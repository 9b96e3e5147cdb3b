async (text, told) => {
  // Where the page is not served by https, a browser gives no clipboard, and the older way may do.
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const field = document.createElement("textarea");
      field.value = text;
      field.style.cssText = "position: fixed; opacity: 0";
      document.body.append(field);
      field.select();
      const done = document.execCommand("copy");
      field.remove();
      return done;
    }
  };
  if (!text) return told;
  if (await copy()) return told + '<p role="status">Copied.</p>';
  const shown = document.createElement("textarea");
  shown.textContent = text;
  shown.readOnly = true;
  shown.rows = 6;
  shown.style.width = "100%";
  shown.setAttribute("aria-label", "To copy");
  return told + '<p role="status">This browser lets nothing be copied here; select it:</p>' + shown.outerHTML;
}
