// Changes of other members of the team. The stream of the tally says that there is something new; the feed of changes
// says which states it is about; and the page draws their rows again, at most some times a second.

import { fetchPage, get } from "./api.js";
import { noteNewer, open } from "./card.js";
import { count } from "./list.js";
import { rows, update } from "./rows.js";
import { askForKey } from "./session.js";
import { root } from "./texts.js";
import { onChange, pump, unsentOf } from "./unsent.js";
import { reloadWork } from "./work.js";

const MIN_INTERVAL = 250;
// Tasks and assignments do not change the tally.
const INTERVAL = 5_000;
const MAX_STATES = 60;

let { cursor } = root.dataset;
let isWanted = false;
let running = false;

export function start() {
  addEventListener("votetracker:newer", follow);
  onChange(({ done }) => done && follow());
  setInterval(() => document.visibilityState === "visible" && follow(), INTERVAL);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && follow());
}

export async function follow() {
  isWanted = true;
  if (running) return;
  running = true;
  try {
    while (isWanted) {
      isWanted = false;
      await once();
      await new Promise((done) => setTimeout(done, MIN_INTERVAL));
    }
  } finally {
    running = false;
  }
}

async function once() {
  const states = new Set();
  let isWhole = false;
  for (;;) {
    const result = await get(`/v1/changes?limit=1000&after=${encodeURIComponent(cursor)}`);
    if (result.kind === "refused" && result.status === 410) isWhole = true;
    if (result.kind !== "ok") break;
    for (const change of result.json.items) {
      if (change.resolution && change.resolution !== root.dataset.resolution) continue;
      if (change.memberState) states.add(change.memberState);
      else if (change.resolution || change.kind === "task") isWhole = true;
    }
    const next = /[?&]after=([^&>]+)/u.exec(result.link ?? "");
    if (next) cursor = decodeURIComponent(next[1]);
    if (result.json.items.length < 1000) break;
  }
  // A reader without a key sees public changes only, so the page itself says whether the session has ended.
  if (isWhole || states.size > 0) await redraw(isWhole || states.size > MAX_STATES ? null : [...states]);
}

export async function redraw(only) {
  let found;
  try {
    found = await fetchPage(only);
  } catch {
    return;
  }
  if (!found) {
    if (await askForKey()) pump();
    return;
  }
  root.dataset.today = found.desk.dataset.today;
  if (only === null) cursor = found.desk.dataset.cursor;
  for (const element of found.page.querySelectorAll("#states > .state")) {
    const row = rows.get(element.dataset.iso3);
    // While an edit is being sent, its own response comes first.
    if (unsentOf(element.dataset.iso3)?.state === "sending") {
      isWanted = true;
      continue;
    }
    if (update(element)) noteNewer(row);
    if (open?.row === row) reloadWork(open);
  }
  count();
}
