/** Everything of files that is seen and said: one part, loaded when the first thing of it is needed. */
export { filesPart } from "../strings/en-files.js";
export { fileNews, saveArrived } from "./news.js";
import "./drop-sign.js";
import "./files.js";
import "./offers.js";
