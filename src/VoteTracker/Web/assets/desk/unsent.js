// The queue of edits. An edit is stored in the browser before it is sent, and deleted after the service has confirmed it.
// So nothing is lost if the network or the page goes away. An edit is sent with the version that its author saw.

import { get, newKey, send } from "./api.js";
import { draw, rows, setStance } from "./rows.js";
import { askForKey } from "./session.js";
import { root } from "./texts.js";

const RETRY = 5_000;
const CONTENT = ["position", "certainty", "evidence", "evidenceUrl", "note", "contact"];

const address = `/v1/resolutions/${root.dataset.resolution}`;
const listeners = new Set();
let items = [];
let isStored = true;
let running = null;
let timer = null;

const place = () => `votetracker desk ${root.dataset.resolution} ${root.dataset.me}`;

export const edits = () => items;
export const hasStorage = () => isStored;
export const unsentOf = (iso3) => items.findLast((item) => item.iso3 === iso3 && !item.isDone) ?? null;
export const onChange = (listener) => listeners.add(listener);

export function load() {
  try {
    items = JSON.parse(localStorage.getItem(place()) ?? "[]");
    localStorage.setItem(place(), JSON.stringify(items));
  } catch {
    isStored = false;
    items = [];
  }
  for (const item of items) item.state = item.state === "sending" ? "waiting" : item.state;
}

function store() {
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

// Adds an edit and sends it. `content` is the stance that it makes; `version` is that which the author saw.
export function add(edit) {
  const earlier = unsentOf(edit.iso3);
  if (earlier?.state === "waiting" && earlier.type === "stance" && edit.type === "stance") {
    // Two edits of one stance that were not sent are one, which saw what the first one saw.
    Object.assign(earlier, { content: edit.content, body: edit.body });
  } else {
    const isNext = earlier !== null;
    items.push({ ...edit, id: newKey(), key: newKey(), state: "sending", version: isNext ? null : edit.version });
  }
  changed(edit.iso3);
  return pump();
}

export function discard(item) {
  items = items.filter((other) => other !== item);
  changed(item.iso3);
}

// Sends an edit again over the version that its author has now seen.
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
  for (let item; (item = items.find((one) => !blocked.has(one.iso3) && !one.isDone)); ) {
    if (item.state === "conflict" || item.state === "refused") {
      blocked.add(item.iso3);
      continue;
    }
    const result = await perform(item);
    if (result.kind === "ok") {
      await finish(item, result);
    } else if (result.kind === "conflict") {
      if (isMine(item, result.current)) await finish(item, { json: result.current });
      else mark(item, "conflict", { current: result.current });
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

function perform(item) {
  const version = item.version ?? rows.get(item.iso3)?.stance.version ?? 0;
  const stance = `${address}/stances/${item.iso3}`;
  if (item.type === "clear") return send("DELETE", stance, { version });
  if (item.type === "revert") return send("POST", `${stance}/revert`, { version, body: item.body });
  if (item.type === "talk") {
    const body = item.body.stance ? { ...item.body, stance: { ...item.body.stance, version } } : item.body;
    return send("POST", "/v1/engagements", { body, key: item.key });
  }
  return send("PUT", stance, { version, body: item.body });
}

async function finish(item, { json, etag }) {
  let stance = item.type === "stance" || item.type === "revert" ? json : null;
  if (item.type === "clear") {
    const version = Number(/\d+/u.exec(etag ?? "")?.[0]);
    stance = { ...rows.get(item.iso3).stance, ...item.content, version, changedBy: root.dataset.me, changedAt: new Date().toISOString() };
  } else if (item.type === "talk" && item.body.stance) {
    // Its response is the engagement.
    stance = (await get(`${address}/stances/${item.iso3}?lang=${document.documentElement.lang}`)).json;
  }
  item.isDone = true;
  items = items.filter((other) => other !== item);
  if (stance) {
    setStance(item.iso3, stance);
    // The next edit of this state saw the result of this one.
    const next = items.find((other) => other.iso3 === item.iso3);
    if (next?.version === null) {
      Object.assign(next, { version: stance.version, seen: stance.version, before: contentOf(stance) });
    }
  }
  changed(item.iso3, { done: item, stance, json });
}

// A response was lost: the current stance is the edit itself.
function isMine(item, current) {
  return (
    item.type === "stance" &&
    current?.changedBy === root.dataset.me &&
    CONTENT.every((name) => (current[name] ?? null) === (item.body[name] ?? null))
  );
}

export const contentOf = (stance) => Object.fromEntries(CONTENT.map((name) => [name, stance[name] ?? null]));

addEventListener("online", () => pump());
addEventListener("beforeunload", (event) => {
  if (!isStored && items.length > 0) event.preventDefault();
});
