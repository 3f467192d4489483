// The whip sheet. Each part has its own module.

import * as banner from "./banner.js";
import * as card from "./card.js";
import * as follow from "./follow.js";
import * as list from "./list.js";
import * as paste from "./paste.js";
import * as rows from "./rows.js";
import { fillPeople } from "./talk.js";
import * as undo from "./undo.js";
import * as unsent from "./unsent.js";

unsent.load();
rows.start(unsent.unsentOf);
for (const row of rows.rows.values()) if (unsent.unsentOf(row.iso3)) rows.draw(row);
card.start();
undo.start();
banner.start((row) => card.show(row));
paste.start();
fillPeople();
list.start();
follow.start();
unsent.pump();
document.documentElement.dataset.ready = "true";
