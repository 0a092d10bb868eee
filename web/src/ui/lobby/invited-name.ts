import { parseDisplayName } from "./display-name.js";

/**
 * The name that a join token (docs/api.md) gives to who comes with it; empty: none, or none that can be read or is one. It is shown,
 * and not believed: who may enter, and as whom, is said by the server.
 */
export function invitedName(token: string): string {
  try {
    const payload = (token.split(".")[1] ?? "").replace(/-/g, "+").replace(/_/g, "/");
    const bytes = Uint8Array.from(atob(payload), (character) => character.charCodeAt(0));
    const { name } = JSON.parse(new TextDecoder().decode(bytes)) as { name?: unknown };
    const parsed = parseDisplayName(typeof name === "string" ? name : "");
    return parsed.ok ? parsed.name : "";
  } catch {
    return "";
  }
}
