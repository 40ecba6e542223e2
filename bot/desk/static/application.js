// The page of an application: its photos open over it.

import { begin as viewing } from "./viewer.js";

viewing(document.getElementById("answers"));
