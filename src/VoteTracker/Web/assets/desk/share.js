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
const expiry = form?.querySelector("[name=expires]");
const SURE_FOR = 5_000;

form?.addEventListener("submit", create);
// Another request needs another key.
form?.addEventListener("input", () => delete form.dataset.key);
// The browser's own text may be in another language.
expiry?.addEventListener("invalid", (event) => {
  event.preventDefault();
  show(root.dataset.past);
  expiry.focus();
});
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
    arm(button);
    return;
  }
  button.disabled = true;
  const { link } = button.closest("[data-link]").dataset;
  const result = await write("DELETE", `${root.dataset.path}/${link}`);
  button.disabled = false;
  if (result.kind === "ok") await redraw();
}

// A button that is left alone is safe again.
function arm(button) {
  const label = button.textContent;
  const disarm = () => {
    clearTimeout(timer);
    button.removeEventListener("blur", disarm);
    delete button.dataset.sure;
    button.textContent = label;
  };
  const timer = setTimeout(disarm, SURE_FOR);
  button.addEventListener("blur", disarm);
  button.dataset.sure = "true";
  button.textContent = root.dataset.sure;
}

// The problems of the API are in English.
function describe({ kind, status, json }) {
  if (kind !== "refused") return root.dataset.failed;
  if (status === 409) return root.dataset.full;
  return json?.errors?.expiresAt ? root.dataset.past : root.dataset.refused;
}

function show(text) {
  fault.textContent = text;
  fault.hidden = false;
}

async function write(method, path, options) {
  fault.hidden = true;
  let result = await send(method, path, options);
  if (result.kind === "signed-out" && (await askForKey())) result = await send(method, path, options);
  if (result.kind !== "ok") show(describe(result));
  return result;
}

async function redraw() {
  const found = await fetchPage(null).catch(() => null);
  if (found?.kind === "page") list.replaceChildren(...found.page.querySelector("[data-links]").childNodes);
}
