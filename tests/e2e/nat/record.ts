import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BrowserKind } from "../harness/browsers.js";
import type { Call } from "./cell.js";
import type { Moved } from "./move.js";
import type { NatKind } from "./nat-kind.js";
import type { RelayKind } from "./relay.js";

const folder = fileURLToPath(new URL("../../../artifacts/nat-matrix", import.meta.url));

/** A call that was tried; `seen` is null if it never came to one. */
export interface Tried {
  readonly kinds: readonly [NatKind, NatKind];
  readonly browsers: readonly [BrowserKind, BrowserKind];
  readonly seen: Call | null;
}

/** When and with what something was measured. */
export interface Circumstances {
  readonly relay: string;
  readonly date: string;
  readonly versions: readonly string[];
}

/** What one run of the matrix with one relay has seen. */
export interface MatrixRecord extends Circumstances {
  readonly tried: readonly Tried[];
}

/** What a run through all changes of networks has seen. */
export interface MovesRecord extends Circumstances {
  readonly tried: readonly Moved[];
}

/** Keeps the record of a run, in place of the one before with the same relay. */
export async function keep(kind: RelayKind, record: MatrixRecord): Promise<void> {
  await write(kind, record);
}

export async function keepMoves(record: MovesRecord): Promise<void> {
  await write("moves", record);
}

/** The last record with this relay; null if there is none. */
export async function recall(kind: RelayKind): Promise<MatrixRecord | null> {
  return (await read(kind)) as MatrixRecord | null;
}

export async function recallMoves(): Promise<MovesRecord | null> {
  return (await read("moves")) as MovesRecord | null;
}

async function write(name: string, record: Circumstances): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(fileOf(name), JSON.stringify(record, null, 1));
}

async function read(name: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(fileOf(name), "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

function fileOf(name: string): string {
  return join(folder, `${name}.json`);
}
