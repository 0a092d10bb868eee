import "./ui/page/page.js";
import "./ui/page/page.css";

// The module lies in a folder of the site ("assets", or "src" while developing), so the site begins one level up.
const module = import.meta.url;
const page = document.createElement("parley-page");
page.home = new URL("..", module);
document.body.append(page);
