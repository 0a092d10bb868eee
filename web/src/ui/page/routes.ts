import { parseRoomName, parseTypedRoomName, type RoomNameProblem } from "./room-name.js";

/** What an address of the page asks for. */
export type Route =
  | { readonly kind: "landing" }
  | { readonly kind: "doctor" }
  | {
      readonly kind: "room";
      readonly room: string;
      /** `?name=`: fills in the name. */
      readonly name: string | null;
      /** `?join=1` together with a name: no lobby. */
      readonly join: boolean;
      /** `#token=`: from the application that decides who enters. Behind the `#`, so that no server's log has it. */
      readonly token: string | null;
    }
  /** Nothing lives at this address, or it names a room that cannot be. */
  | { readonly kind: "unknown" };

/** @param base Address of the landing page; ends with "/". */
export function parseRoute(address: URL, base: URL): Route {
  if (address.origin !== base.origin || !address.pathname.startsWith(base.pathname)) return { kind: "unknown" };
  const path = address.pathname.slice(base.pathname.length);
  if (path === "" || path === "index.html") return { kind: "landing" };
  if (path === "doctor" || path === "doctor/") return { kind: "doctor" };

  const encoded = /^r\/([^/]+)\/?$/u.exec(path)?.[1];
  const parsed = encoded === undefined ? null : parseRoomName(decode(encoded));
  if (!parsed?.ok) return { kind: "unknown" };
  const name = address.searchParams.get("name")?.trim() ?? "";
  return {
    kind: "room",
    room: parsed.room,
    name: name === "" ? null : name,
    join: name !== "" && address.searchParams.get("join") === "1",
    token: new URLSearchParams(address.hash.slice(1)).get("token"),
  };
}

/** The link to a room, as it is given to others. */
export function roomLink(room: string, base: URL): URL {
  return new URL(`r/${encodeURIComponent(room)}`, base);
}

/** Where the connection test is. */
export function doctorLink(base: URL): URL {
  return new URL("doctor", base);
}

export type DestinationResult =
  | { readonly ok: true; readonly room: string }
  | {
      readonly ok: false;
      readonly problem: RoomNameProblem | { readonly kind: "foreign-link" } | { readonly kind: "bad-link" };
    };

/** What a person means who typed a room name or pasted a link. */
export function parseDestination(text: string, base: URL): DestinationResult {
  const typed = text.trim();
  const link = typedLink(typed, base);
  if (link === null) return parseTypedRoomName(typed);
  if (link.host !== base.host) return { ok: false, problem: { kind: "foreign-link" } };
  // Pasted links often come with another scheme, or none; only the host and the path tell where they lead.
  const route = parseRoute(new URL(link.pathname + link.search, base), base);
  return route.kind === "room" ? { ok: true, room: route.room } : { ok: false, problem: { kind: "bad-link" } };
}

function typedLink(typed: string, base: URL): URL | null {
  if (/^https?:\/\//iu.test(typed)) return URL.canParse(typed) ? new URL(typed) : null;
  const withoutScheme = `${base.protocol}//${typed}`;
  return typed.toLowerCase().startsWith(`${base.host}/`) && URL.canParse(withoutScheme) ? new URL(withoutScheme) : null;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // Broken percent-encoding: as it stands it is no room name, because "%" is not allowed in one.
    return text;
  }
}
