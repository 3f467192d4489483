// Sends the edits of the queue. A conflict or a refused edit stops only its own resource, until the author has decided.

import { contentOf, isOwn, perform, readCurrent, stanceOf } from "./edits.js";
import { withLock } from "./lock.js";
import { edits, isHere, isStuck, nextOf, notify, remove, store, takeOver, takePlace } from "./queue.js";
import { setStance } from "./rows.js";
import { askForKey } from "./session.js";
import { add } from "./unsent.js";

const RETRY = 5_000;

let running = null;
let isWanted = false;
let timer = null;

export function pump() {
  isWanted = true;
  running ??= work().finally(() => {
    running = null;
  });
  return running;
}

/** Sends in some seconds. */
export function pumpLater() {
  timer ??= setTimeout(pump, RETRY);
}

async function work() {
  while (isWanted) {
    isWanted = false;
    clearTimeout(timer);
    timer = null;
    // The lock is not held while the page asks for the key.
    const end = await withLock(sendAll);
    if (end === "done") continue;
    if (end === "signed-out" && (await askForKey())) {
      isWanted = true;
    } else {
      pumpLater();
      return;
    }
  }
}

async function sendAll() {
  const stopped = new Set();
  for (;;) {
    takeOver();
    const item = edits().find((one) => !stopped.has(one.group));
    if (!item) return "done";
    if (isStuck(item)) {
      stopped.add(item.group);
    } else if (!merge(item)) {
      const end = await sendOne(item);
      if (end !== "done") return end;
    }
  }
}

async function sendOne(item) {
  // From here on, the service may have stored it.
  Object.assign(item, { state: "sending", wasTried: true });
  store(item);
  // The edit before is gone, and its result is unknown: the author decides.
  const result = item.after ? asConflict(await readCurrent(item)) : await perform(item);
  if (result.kind === "ok") finish(item, result);
  else if (result.kind === "refused") mark(item, "refused", { detail: result.detail });
  else if (result.kind !== "conflict") {
    for (const one of edits().filter((other) => other.state === "sending")) mark(one, "waiting");
    return result.kind;
  } else if (!item.after && isOwn(item, result.current)) finish(item, { json: result.current });
  else mark(item, "conflict", { current: result.current ?? null });
  return "done";
}

const asConflict = (result) => (result.kind === "ok" ? { kind: "conflict", current: result.json } : result);

// Two entries of one stance that were never sent are one, unless a reason would be lost.
function merge(item) {
  const next = nextOf(item);
  const canMerge = [item, next].every((one) => one?.type === "stance" && !one.wasTried && !isStuck(one));
  if (!canMerge || item.body.reason) return false;
  takePlace(next, item);
  store(next);
  remove(item);
  return true;
}

function finish(item, result) {
  const stance = stanceOf(item, result);
  // What its author wants only after it: it is kept before this edit is gone.
  if (item.then) add({ ...item.then, author: item.author });
  remove(item);
  if (stance && isHere(item)) setStance(item.iso3, stance);
  const next = nextOf(item);
  if (next) {
    const seen = stance ? { version: stance.version, seen: stance.version, before: contentOf(stance) } : { version: result.json?.version ?? null };
    Object.assign(next, seen, { after: null });
    store(next);
  }
  notify(item, { done: item, stance, json: result.json });
}

function mark(item, state, more = {}) {
  Object.assign(item, { state }, more);
  store(item);
  notify(item);
}

addEventListener("online", () => pump());
