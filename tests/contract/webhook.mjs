// Receives webhooks as a stranger would: verifies them with the specification's own library for JavaScript.
//   node webhook.mjs ADDRESS KEY
// The service allows the host 127.0.0.1.
import { once } from "node:events";
import { createServer } from "node:http";
import { createRequire } from "node:module";

const { Webhook, WebhookVerificationError } = createRequire(import.meta.url)("standardwebhooks");
const [address, key] = process.argv.slice(2);
const received = [];
const server = createServer(async (request, response) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  received.push({ headers: request.headers, body: Buffer.concat(parts).toString() });
  response.writeHead(204).end();
}).listen(0, "127.0.0.1");
await once(server, "listening");

async function send(method, path, body, headers = {}) {
  const answer = await fetch(`${address}${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json", ...headers },
    body: body && JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer.status === 204 ? null : await answer.json();
}

async function next(number) {
  for (let i = 0; received.length <= number; i++) {
    if (i === 600) throw new Error(`only ${received.length} messages arrived`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return received[number];
}

function expect(condition, what) {
  if (!condition) throw new Error(what);
}

function accepts(secret, message) {
  try {
    return new Webhook(secret).verify(message.body, message.headers);
  } catch (error) {
    if (error instanceof WebhookVerificationError) return null;
    throw error;
  }
}

try {
  const draft = { id: "of-webhooks", title: "A draft", session: "es-10", kind: "draft", symbol: "A/ES-10/L.97" };
  await send("POST", "/v1/resolutions", draft);
  const url = `http://127.0.0.1:${server.address().port}/votes`;
  const first = await send("POST", "/v1/webhooks", { url, events: ["stance.changed"] });
  const stance = { position: "yes", certainty: "likely", evidence: "call" };
  await send("PUT", "/v1/resolutions/of-webhooks/stances/NOR", stance, { "if-match": "*" });
  const message = await next(0);
  const event = accepts(first.secret, message);
  expect(event?.type === "stance.changed" && event.data.memberState === "NOR", `not accepted: ${message.body}`);
  const other = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
  expect(accepts(other, message) === null, "another secret is accepted");
  const altered = { ...message, body: message.body.replace("NOR", "ZAF") };
  expect(accepts(first.secret, altered) === null, "an altered message is accepted");

  // During a rotation a receiver with either secret accepts the message. The library reads all signatures.
  const rotated = await send("POST", `/v1/webhooks/${first.id}/rotate-secret`, {}, { "if-match": "*" });
  await send("POST", `/v1/webhooks/${first.id}/test`);
  for (const secret of [first.secret, rotated.secret]) {
    expect(accepts(secret, await next(1))?.type === "webhook.test", "a secret of the rotation is not accepted");
  }
  await send("DELETE", `/v1/webhooks/${first.id}`, undefined, { "if-match": "*" });
} finally {
  server.close();
}
