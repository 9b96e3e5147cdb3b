() => {
  // The button does what its key does.
  document.dispatchEvent(new KeyboardEvent("keydown", { key: "j" }));
}
