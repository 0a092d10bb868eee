/** What can be open beside the tiles, one at a time. */
export type PanelName = "chat" | "participants" | "files" | "host" | "settings" | "statistics" | "story";
