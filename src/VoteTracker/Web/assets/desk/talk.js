// The part of a card that records a meeting, a call or another conversation, with the position, in one request.

import { list } from "./api.js";
import { el, root, text, today, word } from "./texts.js";

export async function fillTalk(card) {
  card.field("on").value = today();
  card.field("on").max = today();
  const select = card.field("contact");
  const found = (await list(`/v1/contacts?memberState=${card.row.iso3}&limit=1000`)) ?? [];
  const known = new Set([...select.options].map(({ value }) => value));
  for (const { id, name, office } of found) if (!known.has(String(id))) select.append(el("option", { value: id }, name ?? office));
}

export function readTalk(card, stance) {
  const value = (name) => card.field(name).value.trim() || null;
  const { kind } = card.chosen;
  const body = {
    memberState: card.row.iso3,
    resolution: root.dataset.resolution,
    kind,
    on: value("on") ?? today(),
    // A conversation without a summary has the word of its kind.
    summary: value("summary") ?? text("desk.talk.summary", { kind: word("engagement-kind", kind) }),
  };
  if (value("contact")) body.contacts = [value("contact")];
  if (card.field("confidential").checked) body.confidential = true;
  // A demonstration is not a statement of the state, so the service has no default for it.
  if (stance) body.stance = kind === "demonstration" ? { ...stance, evidence: "second-hand" } : stance;
  if (value("task")) {
    body.tasks = [{ what: value("task"), dueOn: value("due"), assignee: value("task-assignee") ?? root.dataset.me }];
  }
  return body;
}
