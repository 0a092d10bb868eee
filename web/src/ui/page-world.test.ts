import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { pageWorld } from "./page-world.js";

let page: EventTarget;
let document: EventTarget & { visibilityState: string };
let connection: EventTarget & { type: string | undefined };
let heard: string[];
let end: () => void;

beforeEach(() => {
  page = new EventTarget();
  document = Object.assign(new EventTarget(), { visibilityState: "visible" });
  connection = Object.assign(new EventTarget(), { type: "wifi" });
  heard = [];
  vi.stubGlobal("addEventListener", page.addEventListener.bind(page));
  vi.stubGlobal("removeEventListener", page.removeEventListener.bind(page));
  vi.stubGlobal("document", document);
  vi.stubGlobal("navigator", { connection });
  end = pageWorld((event) => void heard.push(event));
});
afterEach(() => void vi.unstubAllGlobals());

function change(type: string | undefined): void {
  connection.type = type;
  connection.dispatchEvent(new Event("change"));
}

test("another kind of network is another network; no network, or another guess of its bandwidth, is none", () => {
  change("wifi");
  change("none");
  expect(heard).toEqual([]);
  change("cellular");
  change("cellular");
  change("wifi");
  expect(heard).toEqual(["moved", "moved"]);
});

test("a browser that does not tell the kind of network says nothing of it", () => {
  connection.type = undefined;
  end();
  heard = [];
  end = pageWorld((event) => void heard.push(event));
  change(undefined);
  expect(heard).toEqual([]);
});

test("what the page hears is told until it ends", () => {
  page.dispatchEvent(new Event("online"));
  document.visibilityState = "hidden";
  document.dispatchEvent(new Event("visibilitychange"));
  end();
  page.dispatchEvent(new Event("online"));
  document.dispatchEvent(new Event("visibilitychange"));
  change("cellular");
  expect(heard).toEqual(["online", "hidden"]);
});
