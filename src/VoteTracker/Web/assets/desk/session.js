// Asks for the key again when the session has ended: the key was revoked, has expired, or the reader signed out in
// another window. The page stays as it is, with every edit.

import { fetchPage } from "./api.js";
import { hasStorage } from "./stored.js";
import { root } from "./texts.js";

const dialog = document.getElementById("sign-in-again");
let asked = null;
let isLater = false;

/**
 * Resolves to true after the reader signed in again, and to false if the reader does that later. After that, the page asks
 * again when the reader changes something.
 */
export function askForKey() {
  if (isLater) return Promise.resolve(false);
  asked ??= ask().finally(() => {
    asked = null;
  });
  return asked;
}

/** The reader has done something that needs the session. */
export function mayAskAgain() {
  isLater = false;
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
      isLater = !result;
      done(result);
    };
    dialog.querySelector("[data-do=later]").onclick = () => end(false);
    dialog.onclose = () => end(false);
    form.onsubmit = async (event) => {
      event.preventDefault();
      const { kind, desk } = await signIn(field.value);
      if (kind === "page") {
        end(true);
      } else if (desk) {
        end(false);
        changePerson(desk);
      } else {
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
    return response.ok ? await fetchPage([]) : { kind: "signed-out" };
  } catch {
    return { kind: "offline" };
  }
}

// Another person has signed in, and gets a page of their own. The edits of the first one stay in the browser, or else in
// this page, and are sent when their author signs in again.
function changePerson(desk) {
  isLater = false;
  if (hasStorage()) {
    location.reload();
    return;
  }
  Object.assign(root.dataset, { me: desk.dataset.me, proof: desk.dataset.proof ?? "", editable: desk.dataset.editable });
  const who = document.querySelector("header.site .who bdi");
  if (who) who.textContent = root.dataset.me;
  dispatchEvent(new Event("votetracker:person"));
}
