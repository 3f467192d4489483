// What an edit is: the resource that it changes, how it is sent, and what it makes of a stance.

import { send } from "./api.js";
import { rows } from "./rows.js";
import { root } from "./texts.js";

const CONTENT = ["position", "certainty", "evidence", "evidenceUrl", "note", "contact"];
const OF_STANCE = ["stance", "clear", "revert"];

export const contentOf = (stance) => Object.fromEntries(CONTENT.map((name) => [name, stance[name] ?? null]));

export const isSameContent = (one, other) => CONTENT.every((name) => (one[name] ?? null) === (other[name] ?? null));

/** Whether an edit records a stance: then it is shown on the row and the card of the state. */
export const isOfStance = (edit) => OF_STANCE.includes(edit.type) || Boolean(edit.body?.stance);

/** The resource that an edit changes. What it adds is a resource of its own. */
export const groupOf = (edit) =>
  isOfStance(edit) ? pathOf(edit) : edit.type === "talk" || edit.method === "POST" ? edit.id : edit.path;

const pathOf = ({ resolution, iso3 }) => `/v1/resolutions/${resolution}/stances/${iso3}`;

export async function perform(item) {
  const { type, body, version, key } = item;
  if (type === "stance") return send("PUT", pathOf(item), { version, body });
  if (type === "clear") return send("DELETE", pathOf(item), { version });
  if (type === "revert") return send("POST", `${pathOf(item)}/revert`, { version, body, key });
  if (type === "talk") {
    const sent = body.stance ? { ...body, stance: { ...body.stance, version } } : body;
    return send("POST", "/v1/engagements", { body: sent, key });
  }
  return performOther(item);
}

async function performOther({ method, path, body, version, key }) {
  if (method === "POST") return send(method, path, { body: body ?? undefined, key });
  const options = method === "PATCH" ? { type: "application/merge-patch+json" } : {};
  // An assignment that does not exist has no version.
  const result = await send(method, path, { ...options, body: body ?? undefined, version: version ?? undefined, isNew: method === "PUT" && version === null });
  // It is deleted already, perhaps by this edit, whose response was lost.
  return method === "DELETE" && result.status === 404 ? { kind: "ok", json: null } : result;
}

/** The current state of the resource of an edit. */
export const readCurrent = (item) => send("GET", item.group);

/** The stance after an edit was sent; null if it made none. */
export function stanceOf(item, { json, etag }) {
  if (item.type === "stance" || item.type === "revert") return json;
  if (item.type === "talk") return json?.stance ?? null;
  if (item.type !== "clear") return null;
  return {
    ...rows.get(item.iso3)?.stance,
    ...item.content,
    version: Number(/\d+/u.exec(etag ?? "")?.[0] ?? json?.version ?? 0),
    changedBy: root.dataset.me,
    changedAt: new Date().toISOString(),
  };
}

/** Whether the current state is this edit itself: it was committed, and the response was lost. */
export function isOwn(item, current) {
  if (item.type === "clear") return current?.position === "unknown";
  if (!current || current.changedBy !== item.author) return false;
  if (OF_STANCE.includes(item.type)) return isSameContent(current, item.content);
  if (item.type !== "other" || !item.body) return false;
  return Object.entries(item.body).every(([name, value]) => JSON.stringify(current[name] ?? null) === JSON.stringify(value ?? null));
}
