/** How the call is looked at. `label`: what stands on a tile, "Grace" or "Grace’s screen". */
export const layout = {
  speakerView: "Switch to speaker view",
  gridView: "Switch to grid view",
  hideOwn: "Hide own picture",
  showOwn: "Show own picture",
  pin: (label: string) => `Pin ${label}`,
  unpin: (label: string) => `Unpin ${label}`,
  /** Opens what else can be done with a tile. */
  tileMenu: (label: string) => `More: ${label}`,
  fullScreen: (label: string) => `Full screen: ${label}`,
  exitFullScreen: "Exit full screen",
  pages: "Pages",
  previousPage: "Previous page",
  nextPage: "Next page",
  page: (page: string, pages: string) => `Page ${page} of ${pages}`,
};
