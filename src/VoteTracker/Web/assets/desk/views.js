// The saved views of the sheet. The server draws the list; this saves the filters of the address, copies a link, and deletes.

import { fetchPage, send } from "./api.js";
import { askForKey } from "./session.js";
import { root, text } from "./texts.js";

// The parameters of the address that are filters.
export const FILTERS = ["q", "show", "position", "group", "assignee", "gap", "sort"];
const SURE_FOR = 5_000;

const place = document.getElementById("views");
const form = place?.querySelector("form");
const list = place?.querySelector("[data-views]");
const status = place?.querySelector("[role=status]");
// What the reader chose for a new view, and the view that the form replaces.
let isShared = false;
let replaced = "";

export function start() {
  if (!place) return;
  form.addEventListener("submit", save);
  form.addEventListener("input", ({ target }) => {
    if (target === form.elements.shared) isShared = target.checked;
    nameAgain();
  });
  list.addEventListener("click", ({ target }) => {
    const pressed = target.closest("button");
    if (pressed?.dataset.do === "copy") copy(pressed);
    else if (pressed?.dataset.do === "delete") remove(pressed);
  });
}

const nameOf = () => form.elements.name.value.trim().replace(/\s+/gu, " ");
const mine = (name) => [...list.querySelectorAll("[data-version]")].find((item) => item.dataset.view === name);
const pathOf = (name) => `/v1/views/${encodeURIComponent(name)}`;

// A view of the same name would be replaced: the button says so, and a shared view stays shared.
function nameAgain() {
  const known = mine(nameOf());
  const version = known ? `${known.dataset.version} ${known.dataset.view}` : "";
  if (version !== replaced) form.elements.shared.checked = isShared || known?.dataset.shared === "true";
  replaced = version;
  const button = form.querySelector("[type=submit]");
  button.textContent = text(known ? "views.replace" : "views.save");
  status.textContent = "";
}

async function save(event) {
  event.preventDefault();
  const name = nameOf();
  const known = mine(name);
  const asked = new URL(location.href).searchParams;
  const filter = new URLSearchParams(FILTERS.filter((key) => asked.has(key)).map((key) => [key, asked.get(key)]));
  // A view of every resolution stays one.
  const resolution = known ? (known.dataset.resolution ?? null) : root.dataset.resolution;
  const body = { filter: filter.toString(), resolution, shared: form.elements.shared.checked };
  const saved = await write("PUT", pathOf(name), known ? { body, version: Number(known.dataset.version) } : { body, isNew: true });
  if (!saved) return;
  form.reset();
  isShared = false;
  nameAgain();
  status.textContent = text("views.saved");
}

async function copy(button) {
  const address = new URL(button.closest("li").querySelector("a").href);
  // A colleague reads the page in another language.
  address.searchParams.delete("lang");
  const { href } = address;
  try {
    await navigator.clipboard.writeText(href);
    button.textContent = text("share.copied");
  } catch {
    // Without the right to write the clipboard, the reader copies it.
    status.textContent = href;
  }
}

// It takes two taps. A button that is left alone is safe again.
async function remove(button) {
  const { view, version } = button.closest("li").dataset;
  if (button.dataset.sure) {
    if (await write("DELETE", pathOf(view), { version: Number(version) })) form.elements.name.focus();
    return;
  }
  const label = button.textContent;
  const disarm = () => {
    delete button.dataset.sure;
    button.textContent = label;
  };
  button.dataset.sure = "true";
  button.textContent = text("desk.sure");
  button.addEventListener("blur", disarm, { once: true });
  setTimeout(disarm, SURE_FOR);
}

async function write(method, path, options) {
  let result = await send(method, path, options);
  if (result.kind === "signed-out" && (await askForKey())) result = await send(method, path, options);
  const { kind, detail } = result;
  if (kind === "ok" || kind === "conflict") await redraw();
  if (kind === "conflict") status.textContent = text("views.conflict");
  else if (kind === "refused") status.textContent = text("views.refused", { detail });
  else if (kind !== "ok") status.textContent = text("share.failed");
  return kind === "ok";
}

async function redraw() {
  const { kind, page } = await fetchPage([]);
  if (kind === "page") list.replaceChildren(...page.querySelector("[data-views]").childNodes);
  nameAgain();
}
