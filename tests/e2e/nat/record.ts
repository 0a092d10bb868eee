import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BrowserKind } from "../harness/browsers.js";
import type { Call } from "./cell.js";
import type { NatKind } from "./nat-kind.js";
import type { RelayKind } from "./relay.js";

const folder = fileURLToPath(new URL("../../../artifacts/nat-matrix", import.meta.url));

/** A call that was tried; `seen` is null if it never came to one. */
export interface Tried {
  readonly kinds: readonly [NatKind, NatKind];
  readonly browsers: readonly [BrowserKind, BrowserKind];
  readonly seen: Call | null;
}

/** What one run of the matrix with one relay has seen. */
export interface MatrixRecord {
  readonly relay: string;
  readonly date: string;
  readonly versions: readonly string[];
  readonly tried: readonly Tried[];
}

/** Keeps the record of a run, in place of the one before with the same relay. */
export async function keep(kind: RelayKind, record: MatrixRecord): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(fileOf(kind), JSON.stringify(record, null, 1));
}

/** The last record with this relay; null if there is none. */
export async function recall(kind: RelayKind): Promise<MatrixRecord | null> {
  try {
    return JSON.parse(await readFile(fileOf(kind), "utf8")) as MatrixRecord;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

function fileOf(kind: RelayKind): string {
  return join(folder, `${kind}.json`);
}
