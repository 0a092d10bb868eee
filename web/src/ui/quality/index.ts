export { qualityPart } from "../strings/en-quality.js";
import "./pair-quality.js";
import "./quality-settings.js";
import "./statistics.js";
