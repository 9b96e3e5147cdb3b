(file, told) => {
  if (!file) return told;
  const bytes = Uint8Array.from(atob(file), (character) => character.charCodeAt(0));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], {
    type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  }));
  link.download = "answers.docx";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  return told;
}
