import { beforeEach, expect, test, vi } from "vitest";
import { memoryLimit } from "../files/storage.js";
import { deliver } from "./delivery.js";
import { MemoryStore, type RecordingStore } from "./store.js";
import { FakeFile, FakeFolder } from "./testing/fake-disk.js";

/** What happened, in order. */
let done: string[];

vi.mock("../files/save.js", () => ({ save: (_: Blob, name: string) => done.push(`downloaded ${name}`) }));

beforeEach(() => (done = []));

function storeOf(text: string, lasting = true): RecordingStore {
  return {
    lasting,
    append: () => Promise.resolve(),
    join: () => (text === "unreadable" ? Promise.reject(new Error(text)) : Promise.resolve(new Blob([text]))),
    handleSaved: () => void done.push("handled as saved"),
    remove: () => (done.push("removed"), Promise.resolve()),
    leave: () => void done.push("left on offer"),
  };
}

/** Where the person wants it, with room for so many bytes. */
function chosen(room: number): { folder: FakeFolder; target: FileSystemFileHandle } {
  const folder = new FakeFolder({ room });
  return { folder, target: new FakeFile(folder, "chosen").handle };
}

const name = "call.webm";

test("goes to the downloads, and stays until they have read it", async () => {
  expect(await deliver({ store: storeOf("abc"), target: null, name, cut: false })).toBe("saved");
  expect(done).toEqual(["downloaded call.webm", "handled as saved"]);
});

test("goes where the person wanted it, and nowhere else", async () => {
  const { folder, target } = chosen(Infinity);
  expect(await deliver({ store: storeOf("abc"), target, name, cut: false })).toBe("saved");
  expect(await folder.files.get("chosen")?.text()).toBe("abc");
  expect(done).toEqual(["removed"]);
});

test("that was cut off is saved as far as it got, and offered in case the download has no room either", async () => {
  expect(await deliver({ store: storeOf("abc"), target: null, name, cut: true })).toBe("cut");
  expect(done).toEqual(["downloaded call.webm", "left on offer"]);
});

test("that has no room where the person wanted it is kept", async () => {
  const { folder, target } = chosen(2);
  expect(await deliver({ store: storeOf("abc"), target, name, cut: false })).toBe("kept");
  expect(done).toEqual(["left on offer"]);
  expect(folder.files.size).toBe(0);
});

test("that cannot be read at the moment is kept", async () => {
  expect(await deliver({ store: storeOf("unreadable"), target: null, name, cut: false })).toBe("kept");
});

test("from memory goes to the downloads where the chosen place takes nothing", async () => {
  const store = new MemoryStore();
  await store.append(new Blob(["abc"]));
  expect(await deliver({ store, target: chosen(2).target, name, cut: false })).toBe("saved");
  expect(done).toEqual(["downloaded call.webm"]);
});

test("with nothing in it is lost", async () => {
  expect(await deliver({ store: storeOf(""), target: null, name, cut: false })).toBe("lost");
  expect(done).toEqual(["removed"]);
});

test("takes no more memory than a browser has", async () => {
  const store = new MemoryStore();
  await store.append(new Blob(["abc"]));
  const huge = { size: memoryLimit } as Blob;
  await expect(store.append(huge)).rejects.toThrow("too large");
  expect(await (await store.join()).text()).toBe("abc");
});
