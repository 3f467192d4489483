// The tasks and conversations that are drawn, and the version of each that the last response named. So a second change does
// not wait until the list is read again.

import { onChange } from "./queue.js";

const known = new Map();

/** Keeps what the list has at a path. A list that was read before the last change does not bring back the old version. */
export function remember(path, item) {
  const last = known.get(path);
  if (last && last.version > item.version) Object.assign(item, last);
  known.set(path, item);
}

onChange(({ done, json }) => {
  const item = done?.method === "PATCH" && json ? known.get(done.path) : null;
  if (item && json.version > item.version) Object.assign(item, json);
});
