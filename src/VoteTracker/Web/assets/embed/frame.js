// Keeps an embedded count current. A browser opens at most six connections to a host, and a page can embed many counts. So
// only the first two frames of a page hold a stream. The others ask every few seconds. A frame knows its place among the
// frames of the page around it, and nothing else about that page.

import { follow } from "../live/follow.js";
import { createPage } from "../live/page.js";
import { createStatus } from "../live/status.js";

const MAX_STREAMS = 2;

function mayStream() {
  if (parent === window) return true;
  for (let i = 0; i < Math.min(parent.length, MAX_STREAMS); i++) {
    if (parent[i] === window) return true;
  }
  return false;
}

const root = document.querySelector(".live[data-stream]");
const status = createStatus(root);
const page = createPage(root, status, { gone: () => location.reload() });
follow(root, status, page, { polls: !mayStream() });
