// Keeps an embedded count current. A browser opens at most six connections to a host, and a site can embed many counts. So
// only two frames of a site hold a stream, by a lock that all of them share. The others ask every few seconds.

import { follow } from "../live/follow.js";
import { createPage } from "../live/page.js";
import { createStatus } from "../live/status.js";

const STREAMS = ["votetracker-stream-1", "votetracker-stream-2"];

/** Resolves to whether this frame may hold a stream. Browsers have locks only where all pages around it are secure. */
async function mayStream() {
  for (const name of navigator.locks ? STREAMS : []) {
    // The lock is held as long as the frame exists.
    const isFree = await new Promise((answer) => {
      navigator.locks
        .request(name, { ifAvailable: true }, (lock) => {
          answer(lock !== null);
          return lock && new Promise(() => {});
        })
        .catch(() => answer(false));
    });
    if (isFree) return true;
  }
  return false;
}

const root = document.querySelector(".live[data-stream]");
const status = createStatus(root);
const page = createPage(root, status, { gone: () => location.reload() });
follow(root, status, page, { polls: !(await mayStream()) });
