// Phrases to point at: one card for each language, of which one is shown, and printed.

export function choosePhrases(language) {
  const dialog = document.getElementById("phrases");
  dialog.dataset.language = language;
  for (const card of dialog.querySelectorAll("[data-card]")) card.hidden = card.dataset.card !== language;
}
