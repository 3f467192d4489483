// Asks for the key again when the session has ended: the key was revoked, has expired, or the reader signed out in
// another window. The page stays as it is, with every edit.

import { fetchPage } from "./api.js";
import { root } from "./texts.js";

const dialog = document.getElementById("sign-in-again");
let asked = null;

// Resolves to true after a sign-in, and to false if the reader does that later.
export function askForKey() {
  asked ??= ask().finally(() => {
    asked = null;
  });
  return asked;
}

function ask() {
  const form = dialog.querySelector("form");
  const field = dialog.querySelector("input");
  const fault = dialog.querySelector(".fault");
  fault.hidden = true;
  field.value = "";
  if (!dialog.open) dialog.showModal();
  return new Promise((done) => {
    const end = (result) => {
      form.onsubmit = null;
      dialog.onclose = null;
      if (dialog.open) dialog.close();
      field.value = "";
      done(result);
    };
    dialog.querySelector("[data-do=later]").onclick = () => end(false);
    dialog.onclose = () => end(false);
    form.onsubmit = async (event) => {
      event.preventDefault();
      if (await signIn(field.value)) end(true);
      else {
        fault.hidden = false;
        field.select();
      }
    };
  });
}

async function signIn(key) {
  try {
    const response = await fetch("/sign-in", {
      method: "POST",
      body: new URLSearchParams({ key, return: "/sign-in" }),
      signal: AbortSignal.timeout(20_000),
    });
    const found = response.ok ? await fetchPage([]) : null;
    if (!found) return false;
    root.dataset.proof = found.desk.dataset.proof;
    root.dataset.me = found.desk.dataset.me;
    const who = document.querySelector("header.site .who bdi");
    if (who) who.textContent = root.dataset.me;
    return true;
  } catch {
    return false;
  }
}
