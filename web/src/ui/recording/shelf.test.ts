import { beforeEach, expect, test, vi } from "vitest";
import { LeftRecordings } from "./left-recordings.js";
import { markedRecordings } from "./marked.js";
import { type KeptRecording, Shelf } from "./shelf.js";
import { FakeFolder, FakeLocks, fakeStorage } from "./testing/fake-disk.js";

const hour = 3_600_000;

let folder: FakeFolder;
let locks: FakeLocks;
let storage: Storage;
let now: number;
/** What the browser's downloads were handed: name and content. */
let saved: [string, string][];

vi.mock("../files/save.js", () => ({
  save: (file: Blob, name: string) => void file.text().then((text) => saved.push([name, text])),
}));

beforeEach(() => {
  folder = new FakeFolder();
  locks = new FakeLocks();
  storage = fakeStorage();
  now = 1_000_000;
  saved = [];
});

/** A page of this site. */
function page() {
  const own = locks.page();
  const shelf = new Shelf({ folder: folder.handle, locks: own, storage, now: () => now });
  return { shelf, left: new LeftRecordings(() => Promise.resolve(shelf)), crash: () => own.crash() };
}

/** What a page has recorded so far, in pieces. */
async function record(shelf: Shelf, ...pieces: string[]): Promise<KeptRecording> {
  const recording = await shelf.begin("call.webm");
  for (const piece of pieces) await recording.append(new Blob([piece]));
  return recording;
}

/** A page that has looked for what was left behind, and what it offers. */
async function nextPage() {
  const next = page();
  await next.left.look();
  const texts = async (): Promise<string[]> =>
    Promise.all(next.left.state.left.map(async (each) => (await each.join()).text()));
  return { ...next, texts };
}

test("what was recorded before the page crashed is offered by the next one, in its order", async () => {
  const first = page();
  await record(first.shelf, ...Array.from("abcdefghijkl"));
  first.crash();
  const next = await nextPage();
  await vi.waitFor(async () => expect(await next.texts()).toEqual(["abcdefghijkl"]));
  expect(next.left.state.left).toMatchObject([{ name: "call.webm", begun: 1_000_000 }]);
});

test("what is still recorded is offered to nobody, until its page is gone", async () => {
  const first = page();
  const recording = await record(first.shelf, "a");
  const next = await nextPage();
  await next.left.look();
  await recording.append(new Blob(["b"]));
  expect(next.left.state.left).toEqual([]);
  first.crash();
  await vi.waitFor(async () => expect(await next.texts()).toEqual(["ab"]));
});

test("two pages do not offer the same recording", async () => {
  const first = page();
  await record(first.shelf, "a");
  first.crash();
  const second = await nextPage();
  await vi.waitFor(() => expect(second.left.state.left).toHaveLength(1));
  const third = await nextPage();
  const [offered] = second.left.state.left;
  if (offered) await second.left.save(offered);
  second.crash();
  await third.left.look();
  expect(second.left.state.left).toEqual([]);
  expect(third.left.state.left).toEqual([]);
  expect(saved).toEqual([["call.webm", "a"]]);
});

test("a piece for which there is no room leaves the earlier ones as they are", async () => {
  folder.disk.room = 3;
  const first = page();
  const recording = await record(first.shelf, "ab");
  await expect(recording.append(new Blob(["too much"]))).rejects.toThrow("no room");
  expect(await (await recording.join()).text()).toBe("ab");
});

test("what was saved is not offered again, and cleared away once nobody can be reading it", async () => {
  const first = page();
  (await record(first.shelf, "a")).handleSaved();
  first.crash();
  await (await nextPage()).left.look();
  expect(folder.folders.size).toBe(1);
  now += 2 * hour;
  const later = await nextPage();
  await vi.waitFor(() => expect(folder.folders.size).toBe(0));
  expect(later.left.state.left).toEqual([]);
  expect(markedRecordings(storage)).toEqual([]);
});

test("what nobody wanted for seven days is cleared away, not before", async () => {
  const first = page();
  await record(first.shelf, "a");
  first.crash();
  now += 6 * 24 * hour;
  const sixth = await nextPage();
  await vi.waitFor(() => expect(sixth.left.state.left).toHaveLength(1));
  sixth.crash();
  now += 2 * 24 * hour;
  await nextPage();
  await vi.waitFor(() => expect(folder.folders.size).toBe(0));
});

test("what was discarded is gone", async () => {
  const first = page();
  await record(first.shelf, "a");
  first.crash();
  const next = await nextPage();
  await vi.waitFor(() => expect(next.left.state.left).toHaveLength(1));
  const [offered] = next.left.state.left;
  if (offered) await next.left.discard(offered);
  expect([folder.folders.size, markedRecordings(storage).length, next.left.state.left.length]).toEqual([0, 0, 0]);
});

test("a folder of which nothing is known goes, one that is being made stays", async () => {
  await folder.getDirectoryHandle("nobody's", { create: true });
  const first = page();
  await record(first.shelf, "a");
  await page().shelf.sweep();
  expect([...folder.folders.keys()]).toEqual(markedRecordings(storage));
});

test("a mark whose folder is gone is no recording", async () => {
  const first = page();
  await record(first.shelf, "a");
  first.crash();
  folder.folders.clear();
  await nextPage();
  await vi.waitFor(() => expect(markedRecordings(storage)).toEqual([]));
});

test("a recording that could not be found again is not begun", async () => {
  const full = Object.assign(fakeStorage(), {
    setItem: () => {
      throw new DOMException("full", "QuotaExceededError");
    },
  });
  const shelf = new Shelf({ folder: folder.handle, locks: locks.page(), storage: full, now: () => now });
  await expect(shelf.begin("call.webm")).rejects.toThrow("full");
  // Nobody holds it: it can be cleared away.
  await page().shelf.sweep();
  expect(folder.folders.size).toBe(0);
});
