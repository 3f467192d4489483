// The edits that are not sent, in the browser's storage. Each has an entry of its own, so that two tabs do not overwrite
// each other's edits.

const PREFIX = "votetracker edit ";

let works = true;
const written = new Set();

/** Whether the browser stored every edit so far. */
export const hasStorage = () => works;

/** Whether this tab has seen an edit in the storage. If it is no longer there, another tab has sent or discarded it. */
export const wasStored = (edit) => written.has(edit.id);

/** Every stored edit, of all authors, in the order in which they were made; null without storage. */
export function readAll() {
  try {
    const names = Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));
    const edits = names.map((name) => parse(localStorage.getItem(name))).filter(Boolean);
    for (const edit of edits) written.add(edit.id);
    return edits.sort((a, b) => a.order - b.order);
  } catch {
    return null;
  }
}

export function write(edit) {
  try {
    localStorage.setItem(PREFIX + edit.id, JSON.stringify(edit));
    written.add(edit.id);
  } catch {
    works = false;
    erase(edit);
  }
}

export function erase(edit) {
  written.delete(edit.id);
  try {
    localStorage.removeItem(PREFIX + edit.id);
  } catch {
    works = false;
  }
}

/** Calls back when another tab has changed the stored edits. */
export function onOtherTab(listener) {
  addEventListener("storage", ({ key }) => (key === null || key.startsWith(PREFIX)) && listener());
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
