// Fetches the page from the server and draws it, so all of its figures are of one version.

import { morph } from "./morph.js";
import { updateSliders } from "./slider.js";

const MIN_INTERVAL = 100; // At most ten drawings a second.
const TIMEOUT = 10_000;

export function createPage(live, status) {
  let version = Number(live.dataset.version);
  let wanted = version;
  let state = live.dataset.state;
  let running = null;
  let again = false;
  let last = 0;
  let etag = null;
  const isOfSession = Boolean(document.documentElement.dataset.session);
  let hasEnded = false;

  async function run() {
    do {
      again = false;
      const wait = MIN_INTERVAL - (Date.now() - last);
      if (wait > 0) await new Promise((done) => setTimeout(done, wait));
      await once();
    } while (again);
  }

  async function once() {
    const began = Date.now();
    const asked = wanted;
    const address = new URL(live.dataset.page ?? location.href, location.href);
    address.hash = "";
    address.searchParams.set("atLeast", String(asked));
    const headers = etag ? { "If-None-Match": etag } : {};
    // Without a limit, one request that hangs would stop all updates.
    const response = await fetch(address, { headers, cache: "no-store", signal: AbortSignal.timeout(TIMEOUT) });
    // The share link has ended: the page of the service says so, and the figures are no longer shown.
    if (response.status === 404 && live.dataset.shared) location.reload();
    if (response.status !== 304) {
      const next = new DOMParser().parseFromString(await response.text(), "text/html");
      // A page that only the session shows is then missing, or is the page for signing in.
      if (response.ok || response.status === 404) hasEnded = isOfSession && !next.documentElement.dataset.session;
      if (!response.ok) throw new Error(String(response.status));
      const shown = next.querySelector(".live[data-version]");
      if (!shown) throw new Error("no page");
      etag = response.headers.get("ETag");
      version = Number(shown.dataset.version);
      state = shown.dataset.state;
      live.dataset.version = String(version);
      live.dataset.state = state;
      draw(next);
    }
    last = Date.now();
    // After a restore, the server's newest version can be lower.
    if (wanted === asked) wanted = version;
    status.note(began);
  }

  function draw(next) {
    document.title = next.title;
    const parts = [...document.querySelectorAll("#connection [data-age], [data-live]")];
    for (const part of parts.filter((p) => !p.parentElement.closest("[data-live]"))) {
      const newer = next.querySelector(part.dataset.live ? `[data-live="${part.dataset.live}"]` : "#connection [data-age]");
      if (newer) morph(part, newer);
    }
    updateSliders();
    window.dispatchEvent(new CustomEvent("votetracker:drawn", { detail: { version } }));
  }

  return {
    /** The name of the state that is shown. */
    get state() {
      return state;
    },

    /** Whether the reader's session has ended. */
    get hasEnded() {
      return hasEnded;
    },

    /** Whether a request is running. */
    get running() {
      return running !== null;
    },

    /** Notes that there is this version. */
    want(newest) {
      wanted = Math.max(wanted, newest);
    },

    /** Fetches and draws the newest page. A call during a request causes one more request. */
    refresh() {
      again = true;
      running ??= run().finally(() => (running = null));
      return running;
    },
  };
}
