// Changes of other members of the team. The stream of the tally says that there is something new; the feed of changes
// says which states it is about; and the page draws their rows again, at most some times a second.

import { fetchPage, get } from "./api.js";
import { noteNewer, open } from "./card.js";
import { reloadComments } from "./comments.js";
import { count } from "./list.js";
import { onChange, unsentOf } from "./queue.js";
import { rows, update } from "./rows.js";
import { pump } from "./sending.js";
import { askForKey } from "./session.js";
import { root } from "./texts.js";
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
  addEventListener("votetracker:ended", follow);
  onChange(({ done, gone }) => (done || gone) && follow());
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
      if (await isSignedIn()) await once();
      await new Promise((done) => setTimeout(done, MIN_INTERVAL));
    }
  } finally {
    running = false;
  }
}

// The feed has public changes for everyone, so it does not say that the session has ended.
async function isSignedIn() {
  const me = await get("/v1/me");
  const hasEnded = me.kind === "signed-out" || (me.kind === "ok" && me.json.label !== root.dataset.me);
  return !hasEnded || ask();
}

async function ask() {
  if (!(await askForKey())) return false;
  pump();
  return true;
}

async function once() {
  const states = new Set();
  let isWhole = false;
  let next = cursor;
  for (;;) {
    const result = await get(`/v1/changes?limit=1000&after=${encodeURIComponent(next)}`);
    if (result.kind === "refused" && result.status === 410) isWhole = true;
    if (result.kind !== "ok") break;
    for (const change of result.json.items) {
      if (change.resolution && change.resolution !== root.dataset.resolution) continue;
      if (change.memberState) states.add(change.memberState);
      else if (change.resolution || change.kind === "task") isWhole = true;
    }
    const link = /[?&]after=([^&>]+)/u.exec(result.link ?? "");
    if (link) next = decodeURIComponent(link[1]);
    if (result.json.items.length < 1000) break;
  }
  const hasChanges = isWhole || states.size > 0;
  const isCurrent = !hasChanges || (await redraw(isWhole || states.size > MAX_STATES ? null : [...states]));
  // Changes that were not drawn are read again. A whole page has a cursor of its own.
  if (isCurrent && !isWhole) cursor = next;
}

/** Draws these states again, or all; returns false if some were not drawn. */
export async function redraw(only) {
  const { kind, page, desk } = await fetchPage(only);
  if (kind === "signed-out") await ask();
  if (kind !== "page") return false;
  let isWhole = true;
  root.dataset.today = desk.dataset.today;
  document.getElementById("people")?.replaceChildren(...(page.getElementById("people")?.childNodes ?? []));
  for (const element of page.querySelectorAll("#states > .state")) {
    const row = rows.get(element.dataset.iso3);
    // While an edit is being sent, its own response comes first.
    if (unsentOf(element.dataset.iso3)?.state === "sending") {
      isWanted = true;
      isWhole = false;
      continue;
    }
    if (update(element)) noteNewer(row);
    if (open?.row === row) {
      reloadWork(open);
      reloadComments(open);
    }
  }
  if (only === null && isWhole) cursor = desk.dataset.cursor;
  count();
  return isWhole;
}
