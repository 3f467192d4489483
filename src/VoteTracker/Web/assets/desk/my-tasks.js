// The page of the reader's tasks. The server draws the lists; this ticks tasks off and adds one.

import * as banner from "./banner.js";
import { fillPeople } from "./talk.js";
import { addForm, taskItem } from "./tasks.js";
import { fetchPage } from "./api.js";
import { el, root } from "./texts.js";
import * as undo from "./undo.js";
import * as unsent from "./unsent.js";

const lists = () => document.querySelectorAll("[data-tasks]");

unsent.load();
fillPeople();
undo.start();
banner.start();
start();
document.querySelector("[data-part=add]").append(addForm({}));
unsent.onChange(({ done }) => done && reload());
setInterval(() => document.visibilityState === "visible" && reload(), 15_000);
unsent.pump();
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
  const found = await fetchPage(null).catch(() => null);
  if (!found) return;
  root.dataset.today = found.desk.dataset.today;
  const focused = document.activeElement?.dataset.key;
  for (const list of lists()) list.replaceChildren(...found.page.querySelector(`[data-tasks=${list.dataset.tasks}]`).childNodes);
  start();
  if (focused) document.querySelector(`[data-key="${focused}"]`)?.focus({ preventScroll: true });
}
