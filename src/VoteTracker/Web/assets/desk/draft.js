// What the reader has typed on a card and not recorded, kept while the card is closed. The next card of the state shows it
// again. It is in the memory of this page only.

import { el, root } from "./texts.js";

const TEXTS = ["summary", "task", "due", "task-assignee", "reason"];
// These have a value of their own, so they are kept only if the reader typed in them.
const FILLED = ["note", "evidenceUrl", "on"];
const drafts = new Map();

/** Keeps what is typed on a card that closes. */
export function keep({ row, field, chosen, seen, newer }) {
  const values = Object.fromEntries(TEXTS.map((name) => [name, field(name).value]));
  for (const name of FILLED) if (chosen[name]) values[name] = field(name).value;
  const contact = field("contact").selectedOptions[0];
  const isConfidential = field("confidential").checked;
  const isTyped = Object.entries(values).some(([name, value]) => value !== "" || chosen[name]);
  if (isTyped || contact?.value || isConfidential) {
    drafts.set(row.iso3, { values, chosen, contact: contact?.value ? [contact.value, contact.text] : null, isConfidential, seen, newer });
  }
}

/** Shows what was typed on an earlier card of the state. Returns true if the reader has not seen the current stance. */
export function restore(card) {
  const { row, field } = card;
  const draft = drafts.get(row.iso3);
  if (!draft) return false;
  drafts.delete(row.iso3);
  card.chosen = draft.chosen;
  for (const [name, value] of Object.entries(draft.values)) field(name).value = value;
  if (draft.contact) {
    const [value, name] = draft.contact;
    field("contact").append(el("option", { value, selected: true }, name));
  }
  field("confidential").checked = draft.isConfidential;
  // The notice that was open opens again. What the reader recorded meanwhile is no news.
  const isNews = row.stance.version > draft.seen.version && (draft.newer || row.stance.changedBy !== root.dataset.me);
  if (isNews) card.seen = draft.seen;
  return isNews;
}

/** Another person uses the page. */
export const forget = () => drafts.clear();
