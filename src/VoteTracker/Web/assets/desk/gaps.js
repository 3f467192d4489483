// What is missing about each state, for the filter of the list. It is read when the filter is used, and again after changes.

import { readList } from "./api.js";
import { onChange } from "./queue.js";
import { root } from "./texts.js";

let found = null;
let isCurrent = false;
let isRefused = false;
let reading = null;
/** The key of the text that says why the last read has failed; empty if it has not. */
export let fault = "";

/** Whether something of this kind is missing about a state. Every state is shown until the gaps are known. */
export const isMissing = (iso3, kind) => found === null || (found.get(iso3)?.has(kind) ?? false);

/** The number of states about which something of this kind is missing. */
export const countOf = (kind) => [...found.values()].filter((kinds) => kinds.has(kind)).length;

/** Whether another read is useless: the gaps are those of the current rows, or there are none after the vote. */
export const isRead = () => isCurrent || isRefused;

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
  const { kind, status, items } = await readList(`/v1/resolutions/${root.dataset.resolution}/gaps`);
  isRefused = status === 409;
  if (items) found = new Map(items.map(({ memberState, gaps }) => [memberState, new Set(gaps.map((gap) => gap.kind))]));
  else isCurrent = false;
  if (kind === "refused") found = null;
  fault = items ? "" : isRefused ? "desk.over" : kind === "offline" ? "desk.lost" : "share.failed";
  return items !== undefined;
}
