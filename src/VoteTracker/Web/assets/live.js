// Keeps a page current. The stream says that there is a newer version; the page is then fetched from the server, so all
// of its figures are of one version. Without a stream, the page asks every few seconds. It always says how current it is.

const MIN_INTERVAL = 100; // At most ten drawings a second.
const POLL_INTERVAL = 5000;
const STALE_AFTER = 40000; // The server sends a heartbeat every 15 seconds.

for (const slider of document.querySelectorAll(".slider")) slide(slider);
const root = document.querySelector(".live[data-stream]");
if (root) watch(root);

function watch(live) {
  const status = document.getElementById("connection");
  const text = status.querySelector("[data-text]");
  let version = Number(live.dataset.version);
  let state = live.dataset.state;
  let wanted = version;
  let running = false;
  let lastDraw = 0;
  let etag = null;
  let lastSign = Date.now();

  function say(name) {
    if (status.dataset.connection === name) return;
    status.dataset.connection = name;
    status.classList.toggle("on", name === "on");
    status.classList.toggle("lost", name === "lost");
    text.textContent = live.dataset[name];
  }

  async function refresh() {
    if (running) return;
    running = true;
    try {
      const wait = MIN_INTERVAL - (Date.now() - lastDraw);
      if (wait > 0) await new Promise((done) => setTimeout(done, wait));
      const address = new URL(live.dataset.page ?? location.href, location.href);
      address.hash = "";
      address.searchParams.set("atLeast", String(wanted));
      const headers = etag ? { "If-None-Match": etag } : {};
      const response = await fetch(address, { headers, cache: "no-store" });
      if (response.status === 304) return;
      if (!response.ok) throw new Error(String(response.status));
      etag = response.headers.get("ETag");
      const next = new DOMParser().parseFromString(await response.text(), "text/html");
      const shown = next.querySelector(".live[data-version]");
      if (!shown) throw new Error("no page");
      draw(next);
      version = Number(shown.dataset.version);
      state = shown.dataset.state;
      live.dataset.version = String(version);
      lastDraw = Date.now();
    } finally {
      running = false;
    }
    if (wanted > version) refresh().catch(() => say("lost"));
  }

  function draw(next) {
    status.querySelector("[data-age]").replaceWith(next.querySelector("#connection [data-age]"));
    for (const part of document.querySelectorAll("[data-live]")) {
      const newer = next.querySelector(`[data-live="${part.dataset.live}"]`);
      if (!newer || newer.innerHTML === (part.drawn ?? part.innerHTML)) continue;
      part.drawn = newer.innerHTML;
      const open = [...part.querySelectorAll("details[open]")].map((d, i) => d.id || i);
      const focused = part.contains(document.activeElement) ? document.activeElement : null;
      const target = focused && (focused.id ? `#${focused.id}` : `a[href="${focused.getAttribute("href")}"]`);
      part.replaceChildren(...newer.childNodes);
      for (const [i, details] of part.querySelectorAll("details").entries())
        if (open.includes(details.id || i)) details.open = true;
      if (target) part.querySelector(target)?.focus({ preventScroll: true });
      for (const slider of part.querySelectorAll(".slider")) slide(slider);
    }
    window.dispatchEvent(new CustomEvent("votetracker:drawn", { detail: { version: Number(live.dataset.version) } }));
  }

  function poll() {
    refresh().then(
      () => say("polling"),
      () => say("lost"),
    );
    setTimeout(poll, POLL_INTERVAL);
  }

  if (!("EventSource" in window)) {
    poll();
    return;
  }

  let source;
  function open() {
    source?.close();
    source = new EventSource(live.dataset.stream);
    source.onopen = () => {
      lastSign = Date.now();
      say("on");
    };
    source.addEventListener("tally", (event) => {
      lastSign = Date.now();
      const newest = JSON.parse(event.data).version;
      say("on");
      if (event.lastEventId === state) return;
      window.dispatchEvent(new CustomEvent("votetracker:newer", { detail: { version: newest } }));
      wanted = Math.max(wanted, newest);
      refresh().catch(() => say("lost"));
    });
    source.onerror = () => say("lost");
  }
  open();
  // A browser gives up a stream whose request failed with a status, and after a long sleep. It is then opened again.
  setInterval(() => {
    if (source.readyState === EventSource.CLOSED) {
      open();
      refresh().catch(() => say("lost"));
    }
  }, 3000);
  addEventListener("offline", () => say("lost"));
  addEventListener("online", () => open());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible" && Date.now() - lastSign > STALE_AFTER) refresh().catch(() => say("lost"));
  });
}

function slide(slider) {
  const rows = slider.parentElement.querySelectorAll("table.timeline tbody tr");
  const input = slider.querySelector("input");
  const output = slider.querySelector("output");
  const show = () => {
    const cells = [...rows[Number(input.value)].children].map((cell) => cell.textContent);
    output.textContent = `${cells[0]}: ${cells[1]}–${cells[2]}, ${cells[4]}`;
  };
  slider.hidden = rows.length === 0;
  input.addEventListener("input", show);
  if (rows.length > 0) show();
}
