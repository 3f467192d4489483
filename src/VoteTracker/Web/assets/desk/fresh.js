// The tasks and conversations that are drawn, and the version of each that the last response named. So a second change does
// not wait until the list is read again. A list that is drawn before an edit is sent shows the edit.

import { edits, isStuck, onChange } from "./queue.js";

const known = new Map();

/** Keeps what the list has at a path. A list that was read before the last change does not bring back the old version. */
export function remember(path, item) {
  const last = known.get(path);
  if (last && last.version > item.version) Object.assign(item, last);
  known.set(path, item);
}

const unsentOf = (path, method) => edits().filter((edit) => edit.path === path && edit.method === method && !isStuck(edit));

/** What the service has at a path, with the changes of the reader that are not sent yet. */
export const withEdits = (path, item) => Object.assign({}, item, ...unsentOf(path, "PATCH").map(({ body }) => body));

/** Whether the reader has deleted what is at a path, and the deletion is not sent yet. */
export const isDeleted = (path) => unsentOf(path, "DELETE").length > 0;

onChange(({ done, json }) => {
  const item = done?.method === "PATCH" && json ? known.get(done.path) : null;
  if (item && json.version > item.version) Object.assign(item, json);
});
