// How each type of edit is sent, and what it makes of a stance.

import { send } from "./api.js";
import { rows } from "./rows.js";
import { root } from "./texts.js";

const CONTENT = ["position", "certainty", "evidence", "evidenceUrl", "note", "contact"];
const address = `/v1/resolutions/${root.dataset.resolution}`;

export const contentOf = (stance) => Object.fromEntries(CONTENT.map((name) => [name, stance[name] ?? null]));

export function perform(item) {
  if (item.type === "other") return performOther(item);
  const version = item.version ?? rows.get(item.iso3)?.stance.version ?? 0;
  const stance = `${address}/stances/${item.iso3}`;
  if (item.type === "clear") return send("DELETE", stance, { version });
  if (item.type === "revert") return send("POST", `${stance}/revert`, { version, body: item.body, key: item.key });
  if (item.type === "talk") {
    const body = item.body.stance ? { ...item.body, stance: { ...item.body.stance, version } } : item.body;
    return send("POST", "/v1/engagements", { body, key: item.key });
  }
  return send("PUT", stance, { version, body: item.body });
}

function performOther({ method, path, body, version, key }) {
  if (method === "POST") return send(method, path, { body: body ?? undefined, key });
  const options = method === "PATCH" ? { type: "application/merge-patch+json" } : {};
  // An assignment that does not exist has no version.
  return send(method, path, { ...options, body: body ?? undefined, version: version ?? undefined, isNew: version === null });
}

// The stance after an edit was sent; null if it made none.
export function stanceOf(item, { json, etag }) {
  if (item.type === "stance" || item.type === "revert") return json;
  if (item.type === "talk") return json?.stance ?? null;
  if (item.type !== "clear") return null;
  return {
    ...rows.get(item.iso3).stance,
    ...item.content,
    version: Number(/\d+/u.exec(etag ?? "")?.[0] ?? json?.version ?? 0),
    changedBy: root.dataset.me,
    changedAt: new Date().toISOString(),
  };
}

// Whether the current state is this edit itself: it was committed, and the response was lost.
export function isOwn(item, current) {
  if (item.type === "clear") return current?.position === "unknown";
  return (
    item.type === "stance" &&
    current?.changedBy === root.dataset.me &&
    CONTENT.every((name) => (current[name] ?? null) === (item.body[name] ?? null))
  );
}
