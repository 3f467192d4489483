// Keeps a page current. Each duty is a module of its own.

import { follow } from "./live/follow.js";
import { createPage } from "./live/page.js";
import { updateSliders } from "./live/slider.js";
import { createStatus } from "./live/status.js";

updateSliders();
const root = document.querySelector(".live[data-stream]");
if (root) {
  const status = createStatus(root);
  follow(root, status, createPage(root, status));
}
