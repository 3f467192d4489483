// Requests to the API with the cookie of the session and its proof. A result is `ok`, `conflict` (another version is
// current), `offline` (not sent, or the service cannot write now), `signed-out`, or `refused` with a problem.

import { root } from "./texts.js";

const TIMEOUT = 20_000;
const LATER = [408, 425, 429, 502, 503, 504];

export async function send(method, path, { body, version, isNew, key, type = "application/json" } = {}) {
  const headers = { Accept: "application/json", "X-Session-Proof": root.dataset.proof ?? "" };
  if (body !== undefined) headers["Content-Type"] = type;
  if (isNew) headers["If-None-Match"] = "*";
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
  if (LATER.includes(status)) return { kind: "offline" };
  return { kind: "refused", status, json, detail: json?.detail ?? String(status) };
}

export const get = (path) => send("GET", path);

// The page itself, with only these states: the server draws what changed, in the reader's language.
export async function fetchPage(only) {
  const address = new URL(location.pathname, location.href);
  const lang = new URL(location.href).searchParams.get("lang");
  if (lang) address.searchParams.set("lang", lang);
  if (only) address.searchParams.set("only", only.length > 0 ? only.join(",") : "-");
  const response = await fetch(address, { cache: "no-store", signal: AbortSignal.timeout(TIMEOUT) });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const desk = page.querySelector("[data-texts]");
  return response.ok && desk ? { page, desk } : null;
}

export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
