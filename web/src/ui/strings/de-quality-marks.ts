import type { QualityMarksStrings } from "./en-quality-marks.js";

const qualityMarks: QualityMarksStrings = {
  fair: "Verbindung nicht gut",
  bad: "Verbindung schlecht",
  paused: "Bild angehalten: Die Verbindung trägt nur den Ton",
  pausedScreen: "Geteilter Bildschirm angehalten: Die Verbindung trägt nur den Ton",
  verified: "Code verglichen: Schlüssel bestätigt",
  changed: "Die Schlüssel haben sich seit dem Vergleich geändert",
};

export default qualityMarks;
