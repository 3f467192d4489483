// What is missing about each state, for the filter of the list. It is read when the filter is used, and again after changes.

import { list } from "./api.js";
import { onChange } from "./queue.js";
import { root } from "./texts.js";

let found = new Map();
let isCurrent = false;
let reading = null;

/** Whether something of this kind is missing about a state. */
export const isMissing = (iso3, kind) => found.get(iso3)?.has(kind) ?? false;

/** The number of states about which something of this kind is missing. */
export const countOf = (kind) => [...found.values()].filter((kinds) => kinds.has(kind)).length;

/** Whether the gaps are those of the current rows. */
export const isRead = () => isCurrent;

/** Something has changed: the gaps are read again before they are used. */
export function forget() {
  isCurrent = false;
}

// The reader has changed something, too.
onChange(({ done }) => done && forget());

/** Reads the gaps, once for all that wait for them. Without network, the last ones stay. */
export function read() {
  reading ??= readAll().finally(() => {
    reading = null;
  });
  return reading;
}

async function readAll() {
  isCurrent = true;
  const items = await list(`/v1/resolutions/${root.dataset.resolution}/gaps`);
  if (items) found = new Map(items.map(({ memberState, gaps }) => [memberState, new Set(gaps.map(({ kind }) => kind))]));
  else isCurrent = false;
  return items !== null;
}
