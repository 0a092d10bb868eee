import "./at-the-door.js";
import "./confirm.js";
import "./host.js";
import "./manage.js";
import "./mute-asked.js";
