// The queue of edits. An edit is stored in the browser before it is sent, and deleted after the service has confirmed it.
// So nothing is lost if the network or the page goes away.
//
// An edit has an author, a resource (`group`), and the version of it that the author saw. Edits of one resource are sent in
// order: `after` names the edit before, whose result is the version of the next one. Its `state` is `sending`, `waiting`,
// `conflict` or `refused`.

import { isOfStance } from "./edits.js";
import { draw, rows } from "./rows.js";
import { erase, onOtherTab, readAll, wasStored, write } from "./stored.js";
import { root } from "./texts.js";

const listeners = new Set();
let items = [];

const isMine = (item) => item.author === root.dataset.me;

/** Whether an edit is shown on the row and the card of a state of this sheet. */
export const isHere = (item) => isOfStance(item) && item.resolution === root.dataset.resolution;
/** Whether an edit waits for a decision of its author. */
export const isStuck = (item) => item.state === "conflict" || item.state === "refused";

/** The edits of the reader, in order. */
export const edits = () => items.filter(isMine);
/** The edits of other people who used this browser. They are kept, and not sent. */
export const foreignEdits = () => items.filter((item) => !isMine(item));
/** The edits of the stance of a state, on the sheet of this resolution. */
export const editsOf = (iso3) => edits().filter((item) => item.iso3 === iso3 && isHere(item));
/** The edits of the resource of an edit. */
export const chainOf = (item) => edits().filter((other) => other.group === item.group);
/** The edit that continues an edit. */
export const nextOf = (item) => items.find((other) => other.after === item.id);
export const onChange = (listener) => listeners.add(listener);

/** What is not sent of a state: the stance that the reader chose last, and the state of the edit that needs attention. */
export function unsentOf(iso3) {
  const all = editsOf(iso3);
  if (all.length === 0) return null;
  return { content: all.findLast((item) => item.content)?.content ?? null, state: (all.find(isStuck) ?? all[0]).state };
}

/** Loads the edits, and calls back when another tab has changed them. */
export function load(onOthers) {
  items = readAll() ?? [];
  for (const item of items) if (item.state === "sending") item.state = "waiting";
  count();
  onOtherTab(() => {
    takeOver();
    onOthers();
  });
  // Without storage, the edits are lost with the page.
  addEventListener("beforeunload", (event) => {
    if (items.some((item) => !wasStored(item))) event.preventDefault();
  });
}

/** Takes over what other tabs have stored, sent or discarded. */
export function takeOver() {
  const stored = readAll();
  if (!stored) return;
  const found = new Map(stored.map((item) => [item.id, item]));
  const gone = items.filter((item) => wasStored(item) && !found.has(item.id));
  const fresh = stored.filter((item) => !items.some((known) => known.id === item.id));
  const changed = items.filter((item) => found.has(item.id) && found.get(item.id).state !== item.state);
  for (const item of items) Object.assign(item, found.get(item.id));
  items = [...items.filter((item) => !gone.includes(item)), ...fresh].sort((a, b) => a.order - b.order);
  for (const item of gone) notify(item, { gone: item });
  for (const item of [...changed, ...fresh]) notify(item);
}

/** Stores an edit: a new one at the end, or one that has changed. */
export function store(item) {
  if (!items.includes(item)) items.push(item);
  write(item);
  count();
}

export function remove(item) {
  items = items.filter((other) => other !== item);
  erase(item);
  count();
}

/** An edit takes the place of another one, so it has seen the same. */
export function takePlace(item, { version, after, seen, before }) {
  Object.assign(item, { version, after, seen, before });
}

export function notify(item = {}, event = {}) {
  count();
  const row = rows.get(item.iso3);
  if (row) draw(row);
  for (const listener of listeners) listener({ iso3: item.iso3, ...event });
}

export const nextOrder = () => Math.max(Date.now(), ...items.map((item) => item.order + 1));

function count() {
  root.dataset.edits = String(edits().length);
}
