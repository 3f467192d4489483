// What the reader does with edits: add one, and decide about one that was refused or met a newer version.

import { newKey } from "./api.js";
import { groupOf } from "./edits.js";
import { chainOf, foreignEdits, nextOf, nextOrder, notify, remove, store, takePlace } from "./queue.js";
import { pump } from "./sending.js";
import { mayAskAgain } from "./session.js";
import { root } from "./texts.js";

/** Adds an edit and sends it. `version` is that which the author saw, `content` the stance that it makes. */
export function add(edit) {
  const id = newKey();
  const item = { resolution: root.dataset.resolution ?? null, after: null, author: root.dataset.me, ...edit, id, key: newKey(), state: "sending", order: nextOrder() };
  item.group = groupOf(item);
  const earlier = chainOf(item).at(-1);
  if (earlier?.state === "refused" && earlier.type === "stance" && item.type === "stance") {
    // The author has corrected the entry on the card. Its reason is no longer in the form.
    if (!item.body.reason && earlier.body.reason) item.body = { ...item.body, reason: earlier.body.reason };
    takePlace(item, earlier);
    remove(earlier);
  } else if (earlier) {
    item.after = earlier.id;
  }
  store(item);
  notify(item, { added: item });
  mayAskAgain();
  return pump();
}

/** Discards an edit. The next one of its resource has then seen what this one saw. */
export function discard(item) {
  const next = nextOf(item);
  if (next) {
    takePlace(next, item);
    store(next);
  }
  remove(item);
  notify(item, { discarded: item });
  return pump();
}

/** Sends an edit again: over the version that its author has now seen, or corrected. */
export function retry(item, changes = {}) {
  // It was not stored, so it is a new request.
  Object.assign(item, { ...changes, state: "sending", current: null, detail: null, key: newKey() });
  store(item);
  notify(item);
  mayAskAgain();
  return pump();
}

/** Replaces a newer version, which the author has now seen. */
export function overwrite(item) {
  const { current } = item;
  const before = item.before && Object.fromEntries(Object.keys(item.before).map((name) => [name, current?.[name] ?? null]));
  return retry(item, { version: current?.version ?? null, seen: current?.version, before, after: null });
}

/** Keeps what another author recorded, and gives up every edit of that resource. A meeting is saved without its position. */
export function giveUp(item) {
  for (const one of chainOf(item)) {
    if (one.type !== "talk") {
      remove(one);
      continue;
    }
    const { stance, ...body } = one.body;
    Object.assign(one, { body, content: null, group: one.id, after: null, state: "sending", current: null, key: newKey() });
    store(one);
  }
  notify(item, { discarded: item });
  return pump();
}

/** Discards the edits of another person, on request of the reader. */
export function discardForeign(author) {
  for (const item of foreignEdits().filter((one) => one.author === author)) remove(item);
  notify();
}
