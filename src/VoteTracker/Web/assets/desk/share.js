// The page of share links. The server draws the list; this creates, copies and revokes links.

import { fetchPage, newKey, send } from "./api.js";
import { askForKey } from "./session.js";
import { root } from "./texts.js";

const form = document.getElementById("new-link");
const made = document.getElementById("made");
const list = document.querySelector("[data-links]");
const fault = form?.querySelector(".fault");
const address = made?.querySelector("input");
const copy = made?.querySelector("button");
const copyLabel = copy?.textContent;

form?.addEventListener("submit", create);
// Another request needs another key.
form?.addEventListener("input", () => delete form.dataset.key);
list?.addEventListener("click", (event) => revoke(event.target.closest("[data-do=revoke]")));
copy?.addEventListener("click", copyAddress);
document.documentElement.dataset.ready = "true";

async function create(event) {
  event.preventDefault();
  const fields = new FormData(form);
  const expires = fields.get("expires");
  const body = { scope: fields.get("scope"), label: fields.get("label").trim() };
  // The field has a moment of UTC without its offset.
  if (expires) body.expiresAt = `${expires}Z`;
  const button = form.querySelector("button");
  button.disabled = true;
  // If the response is lost, the repetition returns the same link.
  form.dataset.key ||= newKey();
  const result = await write("POST", root.dataset.path, { body, key: form.dataset.key });
  button.disabled = false;
  if (result.kind !== "offline") delete form.dataset.key;
  if (result.kind !== "ok") return;
  form.reset();
  address.value = result.json.url;
  copy.textContent = copyLabel;
  made.hidden = false;
  address.focus();
  address.select();
  await redraw();
}

async function copyAddress() {
  address.select();
  try {
    await navigator.clipboard.writeText(address.value);
    copy.textContent = root.dataset.copied;
  } catch {
    // Without the right to write the clipboard, the address stays selected.
    address.focus();
  }
}

// It cannot be undone, so it takes two taps.
async function revoke(button) {
  if (!button) return;
  if (!button.dataset.sure) {
    button.dataset.sure = "true";
    button.textContent = root.dataset.sure;
    return;
  }
  button.disabled = true;
  const { link } = button.closest("[data-link]").dataset;
  const result = await write("DELETE", `${root.dataset.path}/${link}`);
  button.disabled = false;
  if (result.kind === "ok") await redraw();
}

async function write(method, path, options) {
  fault.hidden = true;
  let result = await send(method, path, options);
  if (result.kind === "signed-out" && (await askForKey())) result = await send(method, path, options);
  if (result.kind !== "ok") {
    fault.textContent = result.detail ?? root.dataset.failed;
    fault.hidden = false;
  }
  return result;
}

async function redraw() {
  const found = await fetchPage(null).catch(() => null);
  if (found?.kind === "page") list.replaceChildren(...found.page.querySelector("[data-links]").childNodes);
}
