// The entries that are not saved yet. An entry is stored in the browser before it is sent, and removed after the service has
// confirmed it. So nothing is lost if the network, the page or the browser goes away. Each member has at most one: the
// newest. It names the version that its author saw, so that nobody overwrites a colleague's entry unseen.
//
// It also names the opening of the vote day that it belongs to: a rehearsal can be discarded, and another vote day opened.
//
// Its `state` is `waiting`, `conflict` (a colleague entered another vote), `asks` (the member may not vote), `earlier` (it is
// of another opening) or `refused`. Only what waits is sent by itself, and only while votes are entered.

import { send } from "../desk/api.js";
import { askForKey, mayAskAgain } from "../desk/session.js";
import { root } from "../desk/texts.js";
import { day, onChange as onRead, path, refresh, savedOf, setSaved } from "./day.js";
import { forget, hasStorage, isWriting, keep, load as loadKept } from "./kept.js";

const AT_ONCE = 5;
const RETRY = 1_500;

const pending = new Map();
const sending = new Set();
const listeners = new Set();
let lastOrder = 0;
let timer = null;
// Whether the vote day was read since an entry was last not sent: it can have been closed, or opened again.
let isFresh = true;

export const onChange = (listener) => listeners.add(listener);
/** The entry of a member that is not saved; undefined if it is saved. */
export const pendingOf = (iso3) => pending.get(iso3);
/** The members whose entries are not saved. */
export const unsaved = () => [...pending.keys()];
/** The entries that wait for a decision of their author. */
export const questions = () => [...pending].filter(([, entry]) => entry.state !== "waiting");
/** The entries that are sent when votes are entered again, if the result is proposed or confirmed. */
export const held = () => (day?.status === "entering" ? [] : [...pending].filter(([, entry]) => entry.state === "waiting"));
/** The vote that the page shows for a member; null without an entry. One of an earlier vote day does not count. */
export function voteOf(iso3) {
  const entry = pending.get(iso3);
  return entry && entry.state !== "earlier" ? entry.vote : (savedOf(iso3)?.vote ?? null);
}

/** Enters a vote, or removes the entry if it is null. */
export function enter(iso3, vote, more = {}) {
  const before = pending.get(iso3);
  if (!before && (savedOf(iso3)?.vote ?? null) === vote) return;
  lastOrder = Math.max(Date.now(), lastOrder + 1);
  // The author saw what the page showed: an entry that waits has seen what it replaced.
  const seen = before && before.state === "waiting" ? before.seen : versionOf(iso3);
  store(iso3, { vote, seen, order: lastOrder, state: "waiting", openedAt: day.openedAt, ...more });
  mayAskAgain();
  pump();
}

/** Enters it over the colleague's entry, which the author has now seen. */
export function overwrite(iso3) {
  const { vote, current } = pending.get(iso3);
  if (current) setSaved(iso3, current);
  if ((savedOf(iso3)?.vote ?? null) === vote) {
    drop(iso3);
    return;
  }
  pending.delete(iso3);
  enter(iso3, vote);
}

/** Gives an entry up. */
export function giveUp(iso3) {
  const { current } = pending.get(iso3);
  if (current) setSaved(iso3, current);
  drop(iso3);
  refresh();
}

const versionOf = (iso3) => (savedOf(iso3)?.vote ? savedOf(iso3).version : null);

/** Loads what an earlier page could not send. */
export async function load() {
  addEventListener("online", pump);
  addEventListener("beforeunload", (event) => {
    if (pending.size > 0 && (isWriting() || !hasStorage())) event.preventDefault();
  });
  onRead((kind) => {
    if (kind !== "ok") return;
    isFresh = true;
    if (timer === null && pending.size > 0) pump();
  });
  await loadKept(adopt, onOtherTab);
  pump();
}

function adopt(iso3, entry) {
  if ((pending.get(iso3)?.order ?? 0) >= entry.order) return;
  lastOrder = Math.max(lastOrder, entry.order);
  pending.set(iso3, { ...entry, state: "waiting" });
}

// Another tab of the same reader: the newest entry counts, and what it has saved is saved.
function onOtherTab({ iso3, entry, order }) {
  if (entry) adopt(iso3, entry);
  else if (pending.get(iso3)?.order === order && !sending.has(iso3)) pending.delete(iso3);
  refresh();
  pump();
}

/** Sends what waits, the oldest first, some at once. */
export function pump() {
  clearTimeout(timer);
  timer = null;
  setEarlierApart();
  const mayGo = isFresh && day?.status === "entering";
  const waiting = [...pending]
    .filter(([iso3, entry]) => mayGo && entry.state === "waiting" && !sending.has(iso3))
    .sort(([, a], [, b]) => a.order - b.order);
  for (const [iso3, entry] of waiting.slice(0, AT_ONCE - sending.size)) {
    sending.add(iso3);
    perform(iso3, entry).then((end) => {
      sending.delete(iso3);
      if (end !== "ok") isFresh = false;
      notify();
      if (end === "ok") pump();
      else if (end === "closed") refresh();
      else if (end === "signed-out") askForKey().then((isIn) => (isIn ? pump() : pumpLater()));
      else pumpLater();
    });
  }
  notify();
}

// Entries of a vote day that was discarded become a question. They are never sent by themselves.
function setEarlierApart() {
  if (!day) return;
  for (const [iso3, entry] of pending) {
    if (entry.openedAt !== day.openedAt && entry.state !== "earlier" && !sending.has(iso3)) {
      pending.set(iso3, { ...entry, state: "earlier", current: null });
    }
  }
}

function pumpLater() {
  timer ??= setTimeout(pump, RETRY);
}

async function perform(iso3, { vote, seen, order, accept }) {
  const options = seen === null ? { isNew: true } : { version: seen };
  if (vote === null && seen === null) return finish(iso3, order, null);
  const address = `${path}/votes/${iso3}`;
  const result =
    vote === null
      ? await send("DELETE", address, options)
      : await send("PUT", address, { ...options, body: accept ? { vote, acceptIneligible: true } : { vote } });
  const { kind, json, etag, current } = result;
  if (kind === "ok") return finish(iso3, order, json ?? removed(iso3, etag));
  if (kind === "conflict" && (current?.vote ?? null) === vote) return finish(iso3, order, current);
  if (kind === "conflict") return ask(iso3, order, { state: "conflict", current: current ?? removed(iso3, null) });
  if (kind !== "refused") return kind;
  if (result.status === 404 && vote === null) return finish(iso3, order, removed(iso3, null));
  // A colleague has proposed the result. The entry waits until votes are entered again.
  if (json?.type === "/problems/vote-day-status") return "closed";
  const isIneligible = json?.type === "/problems/ineligible";
  return ask(iso3, order, { state: isIneligible ? "asks" : "refused", detail: result.detail });
}

const removed = (iso3, etag) => ({
  memberState: iso3,
  vote: null,
  version: Number(/\d+/u.exec(etag ?? "")?.[0] ?? (savedOf(iso3)?.version ?? 0) + 1),
  changedBy: root.dataset.me,
});

// The author can have entered another vote meanwhile. That one has seen this one.
function finish(iso3, order, saved) {
  if (saved) setSaved(iso3, saved);
  const entry = pending.get(iso3);
  if (entry?.order === order) drop(iso3);
  else if (entry) store(iso3, { ...entry, seen: saved?.vote ? saved.version : null });
  refreshSoon();
  return "ok";
}

function ask(iso3, order, what) {
  const entry = pending.get(iso3);
  // A newer vote meets the same conflict when it is sent.
  if (entry?.order === order) pending.set(iso3, { ...entry, ...what });
  refreshSoon();
  return "ok";
}

let soon = null;
function refreshSoon() {
  soon ??= setTimeout(() => {
    soon = null;
    refresh();
  }, 120);
}

function store(iso3, entry) {
  pending.set(iso3, entry);
  keep(iso3, entry).then(notify);
  notify();
}

function drop(iso3) {
  const { order } = pending.get(iso3);
  pending.delete(iso3);
  forget(iso3, order);
  notify();
}

function notify() {
  root.dataset.unsaved = String(pending.size);
  for (const listener of listeners) listener();
}
