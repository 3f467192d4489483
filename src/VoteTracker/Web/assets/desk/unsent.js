// The queue of edits. An edit is stored in the browser before it is sent, and deleted after the service has confirmed it.
// So nothing is lost if the network or the page goes away. An edit is sent with the version that its author saw.
//
// Edits of the stance of a state have the types stance, clear, revert and talk (a conversation, perhaps with a stance). The
// type other is a request about a task, an engagement or an assignment. Edits of one resource are sent in order.

import { newKey } from "./api.js";
import { isOwn, perform, stanceOf } from "./edits.js";
import { draw, rows, setStance } from "./rows.js";
import { askForKey } from "./session.js";
import { root } from "./texts.js";

const RETRY = 5_000;

const listeners = new Set();
const confirmed = new Set();
let items = [];
let isStored = true;
let running = null;
let timer = null;

// Another user of this browser does not see or send the edits.
const place = () => `votetracker desk ${root.dataset.resolution ?? ""} ${root.dataset.me}`;
const groupOf = (item) => (item.type === "other" ? item.path : item.iso3);

export const edits = () => items;
export const hasStorage = () => isStored;
export const unsentOf = (iso3) => items.findLast((item) => item.iso3 === iso3 && item.type !== "other") ?? null;
export const othersOf = (iso3) => items.filter((item) => item.iso3 === iso3 && item.type === "other");
export const onChange = (listener) => listeners.add(listener);

export function load() {
  try {
    items = JSON.parse(localStorage.getItem(place()) ?? "[]");
  } catch {
    items = [];
  }
  for (const item of items) item.state = item.state === "sending" ? "waiting" : item.state;
  store();
}

function store() {
  root.dataset.edits = String(items.length);
  try {
    if (items.length > 0) localStorage.setItem(place(), JSON.stringify(items));
    else localStorage.removeItem(place());
    isStored = true;
  } catch {
    isStored = false;
  }
}

function changed(iso3, event = {}) {
  store();
  const row = rows.get(iso3);
  if (row) draw(row);
  for (const listener of listeners) listener({ iso3, ...event });
}

/** Whether an edit was confirmed by the service. */
export const isConfirmed = (key) => confirmed.has(key);

// Adds an edit and sends it. `version` is that which the author saw, `content` the stance that it makes.
export function add(edit) {
  const group = groupOf(edit);
  const earlier = items.findLast((item) => groupOf(item) === group);
  if (earlier?.state === "waiting" && earlier.type === "stance" && edit.type === "stance") {
    // Two edits of one stance that were not sent are one, which saw what the first one saw.
    Object.assign(earlier, { content: edit.content, body: edit.body });
  } else {
    items.push({ ...edit, id: newKey(), key: newKey(), state: "sending", version: earlier ? null : edit.version });
  }
  const { key } = items.findLast((item) => groupOf(item) === group);
  changed(edit.iso3);
  return pump().then(() => key);
}

export function discard(item) {
  items = items.filter((other) => other !== item);
  changed(item.iso3, { discarded: item });
  return pump();
}

// Sends an edit again, over the version that its author has now seen.
export function retry(item, version) {
  Object.assign(item, { version, state: "sending", current: null, detail: null });
  changed(item.iso3);
  return pump();
}

export function pump() {
  running ??= run().finally(() => {
    running = null;
  });
  return running;
}

async function run() {
  clearTimeout(timer);
  const blocked = new Set();
  for (let item; (item = items.find((one) => !blocked.has(groupOf(one)))); ) {
    if (item.state === "conflict" || item.state === "refused") {
      blocked.add(groupOf(item));
      continue;
    }
    // From here on, a newer edit is one of its own: this one may already be stored by the service.
    item.state = "sending";
    const result = await perform(item);
    if (result.kind === "ok") {
      finish(item, result);
      confirmed.add(item.key);
    } else if (result.kind === "conflict") {
      if (isOwn(item, result.current)) finish(item, { json: result.current });
      else mark(item, "conflict", { current: result.current ?? null });
    } else if (result.kind === "refused") {
      mark(item, "refused", { detail: result.detail });
    } else {
      for (const one of items.filter((other) => other.state === "sending")) mark(one, "waiting");
      if (result.kind === "signed-out" && (await askForKey())) continue;
      timer = setTimeout(pump, RETRY);
      return;
    }
  }
}

function mark(item, state, more = {}) {
  Object.assign(item, { state }, more);
  changed(item.iso3);
}

function finish(item, result) {
  const stance = stanceOf(item, result);
  items = items.filter((other) => other !== item);
  if (stance) setStance(item.iso3, stance);
  // The next edit of the resource saw the result of this one.
  const next = items.find((other) => groupOf(other) === groupOf(item));
  if (next?.version === null) {
    next.version = stance?.version ?? (item.type === "talk" ? item.version : (result.json?.version ?? null));
    if (stance) Object.assign(next, { seen: stance.version, before: { ...stance } });
  }
  changed(item.iso3, { done: item, stance, json: result.json });
}

addEventListener("online", () => pump());
addEventListener("beforeunload", (event) => {
  if (!isStored && items.length > 0) event.preventDefault();
});
