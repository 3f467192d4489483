// The page of the reader's tasks, and that of the day. The server draws them; this ticks tasks off and adds one, and follows
// what others do.

import { morph } from "../live/morph.js";
import { fetchPage } from "./api.js";
import * as banner from "./banner.js";
import { isDeleted } from "./fresh.js";
import { released } from "./pointer.js";
import { load, onChange } from "./queue.js";
import { pump, pumpLater } from "./sending.js";
import { askForKey } from "./session.js";
import { addForm, pathOf, taskItem } from "./tasks.js";
import { root } from "./texts.js";
import * as undo from "./undo.js";

const INTERVAL = 1_000 * Number(root.dataset.seconds ?? 15);
// The number of the last request for the page, and of that whose response is shown.
let asked = 0;
let shown = 0;
const lists = () => document.querySelectorAll("[data-tasks]");

load(pumpLater);
undo.start();
banner.start();
start();
document.querySelector("[data-part=add]")?.append(addForm({}));
onChange(({ done, gone, discarded }) => (done || gone || discarded) && reload());
setInterval(() => document.visibilityState === "visible" && reload(), INTERVAL);
pump();
document.documentElement.dataset.ready = "true";

function start() {
  for (const item of document.querySelectorAll("li[data-json]")) {
    const link = item.querySelector("a");
    const task = JSON.parse(item.dataset.json);
    if (isDeleted(pathOf(task))) item.remove();
    else item.replaceWith(taskItem(task, link ? [link] : []));
  }
}

async function reload() {
  // A form that is open stays.
  if (document.querySelector("[data-tasks] form")) return;
  asked += 1;
  const turn = asked;
  const { kind, page, desk } = await fetchPage(null);
  if (kind === "signed-out" && (await askForKey())) pump();
  await released();
  // A later request has been answered before, or a form was opened meanwhile.
  if (kind !== "page" || turn < shown || document.querySelector("[data-tasks] form")) return;
  shown = turn;
  root.dataset.today = desk.dataset.today;
  const focused = document.activeElement?.dataset.key;
  for (const list of lists()) list.replaceChildren(...page.querySelector(`[data-tasks=${list.dataset.tasks}]`).childNodes);
  start();
  for (const part of document.querySelectorAll("[data-redraw]")) {
    const newer = page.querySelector(`[data-redraw=${part.dataset.redraw}]`);
    if (newer) morph(part, newer);
  }
  if (focused) document.querySelector(`[data-key="${focused}"]`)?.focus({ preventScroll: true });
}
