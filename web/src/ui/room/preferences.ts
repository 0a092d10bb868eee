import { permittedStorage } from "../permitted-storage.js";

const singleKeysKey = "parley.single-keys";
const verbosityKey = "parley.announcements";

/** What is said by itself: everything, mutes too; what most people want to know; or only what concerns the person. */
export const verbosities = ["all", "usual", "few"] as const;
export type Verbosity = (typeof verbosities)[number];

/** Whether keys without Ctrl or ⌘ are shortcuts; they are, unless the person said otherwise. */
export function singleKeysWanted(): boolean {
  return recall(singleKeysKey) !== "off";
}

export function rememberSingleKeys(wanted: boolean): void {
  remember(singleKeysKey, wanted ? "on" : "off");
}

export function wantedVerbosity(): Verbosity {
  const kept = recall(verbosityKey);
  return verbosities.find((each) => each === kept) ?? "usual";
}

export function rememberVerbosity(verbosity: Verbosity): void {
  remember(verbosityKey, verbosity);
}

function recall(key: string): string | null {
  try {
    return permittedStorage(() => localStorage)?.getItem(key) ?? null;
  } catch {
    return null;
  }
}

function remember(key: string, value: string): void {
  try {
    permittedStorage(() => localStorage)?.setItem(key, value);
  } catch {
    // It holds as long as the page at least where it is kept by who asked.
  }
}
