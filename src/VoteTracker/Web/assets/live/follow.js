// Follows the stream of the tally. It says that there is a newer version, and the page is then fetched. A stream that ends,
// fails or is silent is opened again. Until an event proves that it works, the page asks every few seconds.

const SILENCE = 20_000; // The server sends a heartbeat every 15 seconds.
const FIRST_EVENT = 8_000; // The first event comes at once.
const POLL_INTERVAL = 5_000;
const MAX_DELAYS = 8;
const BEATS = 2;

export function follow(live, status, page) {
  let source = null;
  let alive = false; // The stream has sent an event.
  let current = true; // The last request for the page succeeded.
  let lastSign = 0;
  let failures = 0;
  let beats = 0;
  let polling = null;
  let opening = null;

  function show() {
    status.say(page.hasEnded ? "ended" : !current ? "lost" : alive ? "on" : "polling");
  }

  async function update() {
    const before = current;
    try {
      await page.refresh();
      current = true;
    } catch {
      current = false;
    }
    if (current && !before && !source) openAfter(Math.random() * 1000);
    if (!current && !polling) pollAfter(POLL_INTERVAL);
    if (page.hasEnded) window.dispatchEvent(new Event("votetracker:ended"));
    show();
  }

  function pollAfter(delay) {
    clearTimeout(polling);
    const timer = setTimeout(async () => {
      await update();
      if (polling !== timer) return;
      polling = null;
      if (!alive || !current) pollAfter(POLL_INTERVAL);
    }, delay);
    polling = timer;
  }

  function openAfter(delay) {
    clearTimeout(opening);
    opening = setTimeout(open, delay);
  }

  // Always a new source: without Last-Event-ID the first event comes at once, and proves that the stream works.
  function open() {
    clearTimeout(opening);
    source?.close();
    alive = false;
    lastSign = Date.now();
    source = new EventSource(live.dataset.stream);
    source.addEventListener("tally", tally);
    source.addEventListener("heartbeat", heartbeat);
    source.onerror = failed;
  }

  function failed() {
    source?.close();
    source = null;
    alive = false;
    failures += 1;
    // Random, so that the pages of many readers do not all come back at once.
    openAfter((1 + 3 * Math.random()) * 1000 * Math.min(2 ** (failures - 1), MAX_DELAYS));
    if (!polling) pollAfter(Math.random() * 1000);
  }

  function sign() {
    lastSign = Date.now();
    alive = true;
    failures = 0;
    show();
  }

  function tally(event) {
    sign();
    if (event.lastEventId === page.state) {
      if (current) status.note(lastSign);
      return;
    }
    const { version } = JSON.parse(event.data);
    page.want(version);
    window.dispatchEvent(new CustomEvent("votetracker:newer", { detail: { version } }));
    update();
  }

  // A page also has parts with versions of their own, such as amendments. It asks for them now and then.
  function heartbeat() {
    sign();
    if (current && !page.running) status.note(lastSign);
    beats += 1;
    if (beats % BEATS === 0) update();
  }

  // Timers are late after a sleep, so this also runs when the page is shown again.
  function watch() {
    if (source && Date.now() - lastSign > (alive ? SILENCE : FIRST_EVENT)) failed();
  }

  if (!("EventSource" in window)) {
    pollAfter(0);
    return;
  }
  open();
  setInterval(watch, 1000);
  document.addEventListener("visibilitychange", watch);
  addEventListener("pageshow", (event) => event.persisted && open());
  // A browser can be wrong about it, so the page tries at once.
  addEventListener("offline", () => {
    failed();
    pollAfter(0);
  });
  addEventListener("online", () => {
    open();
    pollAfter(0);
  });
}
