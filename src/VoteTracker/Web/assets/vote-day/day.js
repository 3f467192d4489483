// The vote day as the service has it, and as the page knows it. It is read again every second, and at once after an entry
// was saved: only what changed since the last version.

import { get } from "../desk/api.js";
import { root } from "../desk/texts.js";

const SHOWN = 700;
const HIDDEN = 5_000;
// Now and then everything is read: a database that was restored has other votes under lower versions.
const WHOLE = 20;

export const path = `/v1/resolutions/${root.dataset.resolution}/vote-day`;

/** The vote day; null before it was first read. */
export let day = null;
/** The members in the order of the roll call. */
export let order = [];
/** Whether the last request reached the service. */
export let isConnected = true;

const votes = new Map();
const listeners = new Set();
let running = null;
let timer = null;
let count = 0;
let isMore = false;

export const onChange = (listener) => listeners.add(listener);

/** What the service has for a member; undefined if nothing. */
export const savedOf = (iso3) => votes.get(iso3);

/** Takes over what a response has for a member, unless a newer version is known. */
export function setSaved(iso3, entry) {
  if ((votes.get(iso3)?.version ?? 0) < entry.version) votes.set(iso3, entry);
}

/** Reads the vote day now, and again if it is being read. */
export function refresh() {
  if (running) {
    isMore = true;
    return running;
  }
  clearTimeout(timer);
  running = read().finally(() => {
    running = null;
    const wait = isMore ? 0 : document.hidden ? HIDDEN : SHOWN;
    isMore = false;
    timer = setTimeout(refresh, wait);
  });
  return running;
}

async function read() {
  const whole = day === null || count % WHOLE === 0;
  count += 1;
  const result = await get(whole ? path : `${path}?after=${day.version}`);
  isConnected = result.kind === "ok";
  if (result.kind === "ok") take(result.json, whole);
  // It was discarded, perhaps by a colleague.
  if (result.kind === "refused" && result.status === 404) location.reload();
  for (const listener of listeners) listener(result.kind);
}

function take(found, whole) {
  if (whole) {
    order = found.members.map((member) => member.memberState);
    const newest = new Map(found.votes.map((entry) => [entry.memberState, entry]));
    // A version that a response had and this one does not know yet is newer.
    for (const [iso3, entry] of votes) if (entry.version <= found.version && !newest.has(iso3)) votes.delete(iso3);
    for (const [iso3, entry] of newest) if (!(votes.get(iso3)?.version > found.version)) votes.set(iso3, entry);
  } else {
    for (const entry of found.votes) setSaved(entry.memberState, entry);
  }
  const hasNewOrder = day !== null && day.startsWith !== found.startsWith;
  day = found;
  if (hasNewOrder && !whole) {
    count = 0;
    isMore = true;
  }
}

document.addEventListener("visibilitychange", () => document.hidden || refresh());
addEventListener("online", () => refresh());
