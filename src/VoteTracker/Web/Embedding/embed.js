// The element vote-tally: the count of a public resolution on any site, as a classic script or as a module.
//
//   <script async src="https://votes.example/embed.js"></script>
//   <vote-tally resolution="es-10-27"><a href="https://votes.example/resolutions/es-10-27">The count</a></vote-tally>
//
// It sends no cookies, and runs no code of others. All texts are set as text. Its content is shown until the first count
// arrives. Elements for the same count share one source. A page holds at most two streams, because a browser opens at most six
// connections to a host; further counts are requested every few seconds, two at a time.
(() => {
  const NAME = "vote-tally";
  if (customElements.get(NAME)) return;

  const MAX_STREAMS = 2;
  const MAX_REQUESTS = 2;
  const POLL_INTERVAL = 5_000;
  const POLL_PER_SOURCE = 250; // Each further source makes all of them slower.
  const PRIVATE_INTERVAL = 60_000;
  const CHECK_INTERVAL = 30_000; // A stream can be silent without an error.
  const TIMEOUT = 15_000;
  const SIGNS = { yes: "+", no: "\u2212", abstain: "\u00d7", absent: "\u00b7", undecided: "?" }; // The colour is not the only sign.
  const SVG = "http://www.w3.org/2000/svg";

  // A module has no current script. Another script of the page can have the same file name.
  const script = document.currentScript ?? [...document.scripts].findLast((s) => s.type === "module" && /\/embed\.js(\?|$)/.test(s.src));
  const ownOrigin = script?.src ? new URL(".", script.src).href : null;

  const style = new CSSStyleSheet();
  style.replaceSync(`
    :host { display: block; container-type: inline-size; font: 1rem/1.4 system-ui, sans-serif; --ink: light-dark(#17212b, #e8edf2);
      --soft: light-dark(#53606d, #9fabb8); --line: light-dark(#dfe4ea, #313a44); --paper: light-dark(#fff, #11161c);
      --accent: light-dark(#1257a8, #85b8f2); --yes: light-dark(#0b7a55, #4cc796); --no: light-dark(#b3372b, #ef8a78);
      --abstain: light-dark(#8a6500, #e5bb4b); --undecided: light-dark(#4a63a8, #96abe8); --absent: light-dark(#66717d, #8d98a5);
      --unknown: light-dark(#aab2bb, #55606c); }
    :host([hidden]) { display: none; }
    :host([theme="light"]) { color-scheme: light; }
    :host([theme="dark"]) { color-scheme: dark; }
    .box { box-sizing: border-box; min-block-size: 15.5rem; padding: 1rem 1.1rem 0.8rem; color: var(--ink); background: var(--paper);
      border: 1px solid var(--line); border-radius: 0.6rem; display: flex; flex-direction: column; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
    p { margin: 0; }
    .small { font-size: 0.85rem; color: var(--soft); }
    .title { font-size: 1.05rem; font-weight: 700; margin-block: 0.1rem 0.5rem; line-height: 1.3; }
    .title a { color: inherit; text-decoration: none; }
    a { color: var(--accent); }
    a:hover { text-decoration: underline; }
    a:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
    .answer { font-size: 1.2rem; line-height: 1.25; color: var(--soft); }
    .answer .reached { color: var(--yes); }
    .answer .not-reached { color: var(--no); }
    svg { display: block; inline-size: 100%; block-size: 2.25rem; margin-block: 0.6rem 0.4rem; }
    .yes { fill: var(--yes); } .no { fill: var(--no); } .abstain { fill: var(--abstain); } .undecided { fill: var(--undecided); }
    .absent { fill: var(--absent); } .unknown, .ineligible { fill: var(--unknown); } .line { fill: var(--ink); } .gap { fill: var(--paper); }
    ul { list-style: none; padding: 0; margin: 0 0 0.5rem; display: flex; flex-wrap: wrap; gap: 0.15rem 1rem; color: var(--soft); }
    li { display: inline-flex; align-items: baseline; gap: 0.35rem; }
    li b { color: var(--ink); font-size: 1.1rem; }
    i { align-self: center; inline-size: 1.05rem; block-size: 1.05rem; border-radius: 50%; font: 700 0.85rem/1.05rem system-ui, sans-serif;
      text-align: center; color: var(--paper); forced-color-adjust: none; }
    i.yes { background: var(--yes); } i.no { background: var(--no); } i.abstain { background: var(--abstain); }
    i.undecided { background: var(--undecided); } i.absent { background: var(--absent); } i.unknown, i.ineligible { background: var(--unknown); }
    .foot { margin-block-start: auto; padding-block-start: 0.5rem; display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0.1rem 1rem; font-size: 0.85rem; }
    .lost { color: var(--no); font-weight: 700; }
    @container (max-width: 22rem) { .box { min-block-size: 20rem; padding: 0.8rem; } .answer { font-size: 1.1rem; } }`);

  // Requests wait for each other, so that a page with many counts leaves connections to everything else.
  const waiting = [];
  let running = 0;
  async function inTurn(run) {
    if (running >= MAX_REQUESTS) await new Promise((start) => waiting.push(start));
    running += 1;
    try {
      return await run();
    } finally {
      running -= 1;
      waiting.shift()?.();
    }
  }

  const sources = new Map();
  let streams = 0;

  /** What all elements with the same count in the same language share. */
  class Source {
    constructor(key, api, resolution, lang) {
      const path = `${encodeURIComponent(resolution)}`;
      this.key = key;
      this.elements = new Set();
      this.shown = null;
      this.wanted = 0;
      this.address = new URL(`embed/${path}.json?lang=${encodeURIComponent(lang)}`, api);
      this.streamAddress = new URL(`v1/resolutions/${path}/tally/stream`, api);
    }

    add(element) {
      this.elements.add(element);
      if (this.shown) element.show(this.shown);
      if (this.elements.size === 1) this.ask();
    }

    remove(element) {
      this.elements.delete(element);
      if (this.elements.size > 0) return;
      this.close();
      clearTimeout(this.timer);
      sources.delete(this.key);
    }

    close() {
      if (!this.stream) return;
      this.stream.close();
      this.stream = null;
      streams -= 1;
    }

    /** Requests the count, then waits for the stream or for the next turn. */
    async ask() {
      clearTimeout(this.timer);
      if (this.asking) {
        this.again = true;
        return;
      }
      this.asking = true;
      this.again = false;
      try {
        await inTurn(() => this.load());
      } catch {
        this.show({ ...this.shown, isLost: true });
      }
      this.asking = false;
      if (this.elements.size === 0) return;
      if (this.again) this.ask();
      else this.timer = setTimeout(() => this.ask(), this.wait());
    }

    async load() {
      if (this.elements.size === 0) return;
      const address = new URL(this.address);
      const asked = this.wanted;
      if (asked > 0) address.searchParams.set("atLeast", asked);
      // Caches on the way help many readers. At an address with a version, nothing older is returned, except after a restore.
      const response = await fetch(address, {
        credentials: "omit", referrerPolicy: "no-referrer", signal: AbortSignal.timeout(TIMEOUT),
      });
      if (!response.ok && response.status !== 404) throw new Error(String(response.status));
      const next = await response.json();
      const newest = this.shown?.version ?? 0;
      if (next.version < newest && asked < newest) {
        this.wanted = Math.max(this.wanted, newest);
        this.again = true;
        this.show({ ...this.shown, isLost: false });
      } else {
        if (next.version < asked && this.wanted === asked) this.wanted = next.version;
        this.show(next);
      }
      if (next.message) this.close();
      else this.open();
    }

    wait() {
      if (this.shown?.message) return PRIVATE_INTERVAL;
      return this.stream ? CHECK_INTERVAL : Math.max(POLL_INTERVAL, sources.size * POLL_PER_SOURCE);
    }

    open() {
      if (this.stream || streams >= MAX_STREAMS || !("EventSource" in window) || this.elements.size === 0) return;
      streams += 1;
      this.stream = new EventSource(this.streamAddress);
      this.stream.addEventListener("tally", (event) => {
        if (event.lastEventId === this.shown?.state) return;
        this.wanted = Math.max(this.wanted, JSON.parse(event.data).version);
        this.ask();
      });
      this.stream.onerror = () => {
        this.close();
        clearTimeout(this.timer);
        if (!this.asking) this.timer = setTimeout(() => this.ask(), Math.random() * POLL_INTERVAL);
      };
    }

    show(next) {
      // What is shown is not drawn again, so a selection in it stays.
      const isSame = next.state !== undefined && next.state === this.shown?.state && !next.isLost === !this.shown?.isLost;
      this.shown = next;
      if (isSame) return;
      for (const element of this.elements) element.show(next);
    }
  }

  function make(name, { text, className, ...properties } = {}, ...children) {
    const element = document.createElement(name);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    Object.assign(element, properties);
    element.append(...children);
    return element;
  }

  // The order in which people read the counts; the bar has yes at one end and no at the other.
  const place = ({ position }) => (position === "yes" ? 0 : position === "no" ? 1 : 2);

  function bar({ counts, required, sentence }) {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("viewBox", "0 0 600 36");
    svg.setAttribute("preserveAspectRatio", "none");
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", sentence);
    const total = counts.reduce((sum, { count }) => sum + count, 0);
    let before = 0;
    for (const { position, count } of counts) {
      rect(position, (600 * before) / total, (600 * count) / total - 1.5, 5, 26);
      before += count;
    }
    if (required !== null && required <= total) {
      rect("gap", (600 * required) / total - 1.75, 3.5, 0, 36);
      rect("line", (600 * required) / total - 0.75, 1.5, 0, 36);
    }
    return svg;

    function rect(className, x, width, y, height) {
      if (!(width > 0)) return;
      const element = document.createElementNS(SVG, "rect");
      element.setAttribute("class", className);
      for (const [name, value] of Object.entries({ x, width, y, height })) element.setAttribute(name, value.toFixed(2));
      svg.append(element);
    }
  }

  customElements.define(
    NAME,
    class extends HTMLElement {
      static observedAttributes = ["resolution", "lang", "api"];

      constructor() {
        super();
        const root = this.attachShadow({ mode: "open" });
        root.adoptedStyleSheets = [style];
        this.box = make("div", { className: "box" }, document.createElement("slot"));
        root.append(this.box);
      }

      connectedCallback() {
        this.listen();
      }

      disconnectedCallback() {
        this.source?.remove(this);
        this.source = null;
      }

      attributeChangedCallback() {
        if (this.isConnected && this.box.isConnected) this.listen();
      }

      listen() {
        this.source?.remove(this);
        this.source = null;
        const resolution = (this.getAttribute("resolution") ?? "").trim().slice(0, 200);
        const api = this.getAttribute("api") ?? ownOrigin;
        const lang = (this.closest("[lang]")?.lang || "en").split("-")[0];
        // Without a resolution or a service, the content of the element stays.
        if (!resolution || !api || !URL.canParse(api, location.href)) return;
        this.api = new URL(api, location.href);
        if (!this.api.pathname.endsWith("/")) this.api.pathname += "/";
        if (!/^https?:$/.test(this.api.protocol)) return;
        const key = JSON.stringify([this.api.href, resolution, lang]);
        if (!sources.has(key)) sources.set(key, new Source(key, this.api, resolution, lang));
        this.source = sources.get(key);
        this.source.add(this);
      }

      show(count) {
        // Before the first count arrives, the content of the element is the better answer.
        if (!count.message && count.version === undefined) return;
        this.box.lang = count.lang;
        this.box.dir = count.direction;
        if (count.message) {
          this.box.replaceChildren(make("p", { text: count.message }), document.createElement("slot"));
          return;
        }
        const page = new URL(count.path.slice(1), this.api).href;
        const link = (text) => make("a", { href: page, target: "_blank", rel: "noopener", text });
        const parts = [
          make("p", { className: "small", text: count.symbol }),
          make("p", { className: "title" }, link(count.title)),
          make("p", { className: "answer" }, `${count.before} `, make("strong", { className: count.outcome, text: count.result ?? "" })),
        ];
        if (count.counts.length > 0) {
          const items = [...count.counts].sort((a, b) => place(a) - place(b)).map(({ position, word, count: n }) =>
            make("li", {}, make("i", { className: position, text: SIGNS[position] ?? "", ariaHidden: "true" }), make("b", { text: n }), word));
          parts.push(bar(count), make("ul", {}, ...items), make("p", { className: "small", text: count.sentence }));
        }
        const state = make("span", { className: count.isLost ? "lost" : "small", text: count.isLost ? count.lost : count.changed });
        parts.push(make("div", { className: "foot" }, state, link(count.source)));
        this.box.replaceChildren(...parts);
        this.dataset.version = String(count.version);
      }
    },
  );
})();
