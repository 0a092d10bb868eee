/** What the grid needs only now and then, loaded when the room is there: by then nobody waits for it. */
import "../quality/quality-mark.js";
import "./pager.js";
import "./tile-menu.js";
