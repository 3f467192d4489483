// The page of the reader's tasks. The server draws the lists; this ticks tasks off and adds one.

import { fetchPage } from "./api.js";
import * as banner from "./banner.js";
import { load, onChange } from "./queue.js";
import { pump, pumpLater } from "./sending.js";
import { askForKey } from "./session.js";
import { addForm, taskItem } from "./tasks.js";
import { root } from "./texts.js";
import * as undo from "./undo.js";

const INTERVAL = 15_000;
const lists = () => document.querySelectorAll("[data-tasks]");

load(pumpLater);
undo.start();
banner.start();
start();
document.querySelector("[data-part=add]")?.append(addForm({}));
onChange(({ done, gone }) => (done || gone) && reload());
setInterval(() => document.visibilityState === "visible" && reload(), INTERVAL);
pump();
document.documentElement.dataset.ready = "true";

function start() {
  for (const item of document.querySelectorAll("li[data-json]")) {
    const link = item.querySelector("a");
    item.replaceWith(taskItem(JSON.parse(item.dataset.json), link ? [link] : []));
  }
}

async function reload() {
  // A form that is open stays.
  if (document.querySelector("[data-tasks] form")) return;
  const { kind, page, desk } = await fetchPage(null);
  if (kind === "signed-out" && (await askForKey())) pump();
  if (kind !== "page") return;
  root.dataset.today = desk.dataset.today;
  const focused = document.activeElement?.dataset.key;
  for (const list of lists()) list.replaceChildren(...page.querySelector(`[data-tasks=${list.dataset.tasks}]`).childNodes);
  start();
  if (focused) document.querySelector(`[data-key="${focused}"]`)?.focus({ preventScroll: true });
}
