// The whip sheet. Each part has its own module.

import * as banner from "./banner.js";
import * as card from "./card.js";
import * as comments from "./comments.js";
import { entry } from "./entry.js";
import * as follow from "./follow.js";
import * as list from "./list.js";
import * as paste from "./paste.js";
import * as queue from "./queue.js";
import { reading } from "./reading.js";
import * as rows from "./rows.js";
import { pump, pumpLater } from "./sending.js";
import { root } from "./texts.js";
import * as undo from "./undo.js";
import * as views from "./views.js";

// Another tab can be closed before it has sent its edits.
queue.load(pumpLater);
rows.start(queue.unsentOf);
for (const row of rows.rows.values()) if (queue.unsentOf(row.iso3)) rows.draw(row);
card.start(root.dataset.editable === "true" ? entry : reading);
undo.start();
banner.start(card.show);
paste.start();
views.start();
comments.follow(() => card.open);
list.start();
follow.start();
pump();
document.documentElement.dataset.ready = "true";
