// Requests to the API with the cookie of the session and its proof. A result is `ok`, `conflict` (another version is
// current), `offline` (not sent, or the service cannot write now), `signed-out`, or `refused` with a problem.

import { root } from "./texts.js";

const TIMEOUT = 20_000;
const LATER = [408, 425, 429, 502, 503, 504];
const STILL_RUNNING = "/problems/still-running";
const OLD_PROOF = "/problems/session-proof-needed";
const NEXT = /<([^>]+)>\s*;\s*rel="next"/u;

export async function send(method, path, options = {}) {
  const result = await sendOnce(method, path, options);
  if (result.kind !== "refused" || result.json?.type !== OLD_PROOF) return result;
  // The reader signed out and in again in another window, so the session has a new proof.
  const { kind } = await fetchPage([]);
  if (kind === "page") return sendOnce(method, path, options);
  return kind === "gone" ? result : { kind };
}

async function sendOnce(method, path, { body, version, etag, isNew, key, type = "application/json" }) {
  const headers = { Accept: "application/json", "X-Session-Proof": root.dataset.proof ?? "" };
  if (body !== undefined) headers["Content-Type"] = type;
  if (isNew) headers["If-None-Match"] = "*";
  else if (etag) headers["If-Match"] = etag;
  else if (version !== undefined) headers["If-Match"] = `"${version}"`;
  if (key) headers["Idempotency-Key"] = key;
  let response;
  let json = null;
  try {
    response = await fetch(path, {
      method,
      headers,
      body: body === undefined || typeof body === "string" ? body : JSON.stringify(body),
      cache: "no-store",
      signal: AbortSignal.timeout(TIMEOUT),
    });
    const sent = await response.text();
    if (sent !== "" && /json/u.test(response.headers.get("Content-Type") ?? "")) json = JSON.parse(sent);
  } catch {
    return { kind: "offline" };
  }
  const { status } = response;
  const link = response.headers.get("Link");
  if (response.ok) return { kind: "ok", json, link, etag: response.headers.get("ETag") };
  if (status === 412 && json) return { kind: "conflict", current: json.current, json };
  if (status === 401) return { kind: "signed-out" };
  if (LATER.includes(status) || json?.type === STILL_RUNNING) return { kind: "offline" };
  return { kind: "refused", status, json, detail: describe(json) ?? String(status) };
}

// Each wrong field with what is wrong, or else the detail.
function describe(json) {
  const fields = Object.entries(json?.errors ?? {}).map(([name, faults]) => `${name}: ${[faults].flat().join(", ")}`);
  return fields.length > 0 ? fields.join("; ") : (json?.detail ?? json?.title);
}

export const get = (path) => send("GET", path);

// Every item of a list, over all of its pages; null if a page cannot be read.
export const list = async (path) => (await readList(path)).items ?? null;

// The same as a result: of a page that cannot be read, or `ok` with all items.
export async function readList(path) {
  const items = [];
  for (let next = path; next; ) {
    const result = await get(next);
    if (result.kind !== "ok") return result;
    items.push(...result.json.items);
    next = NEXT.exec(result.link ?? "")?.[1];
  }
  return { kind: "ok", items };
}

// The page itself, with only these states: the server draws what changed, in the reader's language. The result is `page`,
// `signed-out` (also if another person has signed in, whose `desk` it then is), `gone`, or `offline`.
export async function fetchPage(only) {
  const address = new URL(location.pathname, location.href);
  const here = new URL(location.href).searchParams;
  for (const name of ["lang", "since", "resolution"]) if (here.has(name)) address.searchParams.set(name, here.get(name));
  if (only) address.searchParams.set("only", only.length > 0 ? only.join(",") : "-");
  let response;
  let page;
  try {
    response = await fetch(address, { cache: "no-store", signal: AbortSignal.timeout(TIMEOUT) });
    page = new DOMParser().parseFromString(await response.text(), "text/html");
  } catch {
    return { kind: "offline" };
  }
  const desk = page.querySelector("[data-texts]");
  if (desk && desk.dataset.me !== root.dataset.me) return { kind: "signed-out", desk };
  if (desk && response.ok) {
    root.dataset.proof = desk.dataset.proof ?? "";
    return { kind: "page", page, desk };
  }
  if (page.querySelector("#key")) return { kind: "signed-out" };
  return { kind: response.status === 404 ? "gone" : "offline" };
}

export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
