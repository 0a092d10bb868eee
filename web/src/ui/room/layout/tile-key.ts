/** What one tile shows. Whatever a participant's id is, no two tiles share a key. */
export type TileKey = "own-camera" | "own-screen" | "invitation" | `camera:${string}` | `screen:${string}`;

export function cameraOf(participant: string): TileKey {
  return `camera:${participant}`;
}

export function screenOf(participant: string): TileKey {
  return `screen:${participant}`;
}

export function isScreen(key: TileKey): boolean {
  return key === "own-screen" || key.startsWith("screen:");
}
