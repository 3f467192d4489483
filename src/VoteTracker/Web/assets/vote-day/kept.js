// Keeps the entries that are not saved in the browser's database, which writes at once: the local storage waits up to five
// seconds, and a browser that is killed meanwhile would lose them. Other tabs of the reader are notified.

import { root } from "../desk/texts.js";

const STORE = "entries";
const PREFIX = `${root.dataset.resolution} ${root.dataset.me} `;

const channel = "BroadcastChannel" in window ? new BroadcastChannel(`votetracker vote-day ${PREFIX}`) : null;
let database = null;
let works = true;
let writing = 0;

/** Whether the browser stored every entry so far. */
export const hasStorage = () => works;
/** Whether an entry is not on disk yet. */
export const isWriting = () => writing > 0;

/** Reads what earlier pages could not send, and calls back when another tab enters or saves a vote. */
export async function load(adopt, onOtherTab) {
  if (channel) channel.onmessage = ({ data }) => onOtherTab(data);
  const found = await run("readonly", (entries) => [entries.getAllKeys(), entries.getAll()]);
  const [keys, values] = found ?? [[], []];
  keys.forEach((key, i) => key.startsWith(PREFIX) && adopt(key.slice(PREFIX.length), values[i]));
}

export function keep(iso3, { vote, seen, order, accept, openedAt }) {
  const entry = { vote, seen, order, accept: accept ?? false, openedAt };
  channel?.postMessage({ iso3, entry });
  return run("readwrite", (entries) => [entries.put(entry, PREFIX + iso3)]);
}

export function forget(iso3, order) {
  channel?.postMessage({ iso3, entry: null, order });
  return run("readwrite", (entries) => [entries.delete(PREFIX + iso3)]);
}

// The results of the requests, after the transaction is on disk; null without a database.
async function run(mode, work) {
  writing += 1;
  try {
    database ??= open();
    const transaction = (await database).transaction(STORE, mode, { durability: "strict" });
    const requests = work(transaction.objectStore(STORE));
    await new Promise((done, failed) => {
      transaction.oncomplete = done;
      transaction.onabort = () => failed(transaction.error);
    });
    return requests.map((request) => request.result);
  } catch {
    works = false;
    return null;
  } finally {
    writing -= 1;
  }
}

function open() {
  return new Promise((done, failed) => {
    const request = indexedDB.open("votetracker vote-day", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
}
