// What every page of the desk can do; a page's own script is a module beside this one.

import { begin as copying } from "./copy.js";
import { begin as asking } from "./dialog.js";
import { begin as hearingKeys } from "./keys.js";
import { begin as revealing } from "./reveal.js";
import { begin as walkingRows } from "./rows.js";
import { begin as sayingShortly } from "./toast.js";

for (const begin of [asking, hearingKeys, walkingRows, copying, revealing, sayingShortly]) begin();
