import type { layout as english } from "./en-layout.js";

const layout: typeof english = {
  speakerView: "Zur Sprecheransicht",
  gridView: "Zur Rasteransicht",
  hideOwn: "Eigenes Bild ausblenden",
  showOwn: "Eigenes Bild einblenden",
  pin: (label) => `${label} anheften`,
  unpin: (label) => `${label} lösen`,
  tileMenu: (label) => `Mehr: ${label}`,
  fullScreen: (label) => `Vollbild: ${label}`,
  exitFullScreen: "Vollbild beenden",
  pages: "Seiten",
  previousPage: "Vorige Seite",
  nextPage: "Nächste Seite",
  page: (page, pages) => `Seite ${page} von ${pages}`,
};

export default layout;
