import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { CallState, RemoteParticipant } from "../../../call/state.js";
import { RoomView, type ViewStorage } from "./room-view.js";
import { cameraOf, screenOf } from "./tile-key.js";

interface Person {
  readonly screen?: boolean;
  readonly speaking?: boolean;
}

function call(people: Readonly<Record<string, Person>>, ownScreen = false): CallState {
  const remotes = Object.entries(people).map(([id, { screen = false, speaking = false }]): RemoteParticipant => ({
    id,
    name: id,
    media: { microphone: true, camera: true, screen },
    away: false,
    path: "connected",
    relay: null,
    audio: [],
    role: "participant",
    hand: null,
    camera: null,
    screen: null,
    speaking,
  }));
  const media = { microphone: true, camera: true, screen: ownScreen };
  return {
    phase: { kind: "joined" },
    room: "tea",
    local: {
      id: "me",
      name: "Me",
      role: "participant",
      hand: null,
      media,
      camera: null,
      screen: null,
      speaking: false,
    },
    remotes,
    notices: [],
  };
}

function memory(): ViewStorage & { readonly kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return { kept, getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) };
}

function viewOf(people: Readonly<Record<string, Person>>, storage?: ViewStorage) {
  const onChange = vi.fn();
  const view = new RoomView(onChange, storage);
  view.handleCall(call(people));
  return { view, onChange };
}

const [ada, grace, screen, otherScreen] = [cameraOf("ada"), cameraOf("grace"), screenOf("ada"), screenOf("grace")];

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe("how a call is looked at", () => {
  test("begins as a grid of everybody, oneself last", () => {
    const { view } = viewOf({ ada: {}, grace: {} });
    expect(view.layout).toBe("grid");
    expect(view.scene.tiles).toEqual([ada, grace, "own-camera"]);
    expect(view.scene.stage).toEqual([]);
  });

  test("invites others while there is nobody, also in speaker view", () => {
    const { view } = viewOf({});
    view.choose("speaker");
    expect(view.scene.tiles).toEqual(["own-camera", "invitation"]);
    expect(view.scene.stage).toEqual([]);
  });

  test("the choice is remembered, in a storage that takes it", () => {
    const storage = memory();
    viewOf({ ada: {} }, storage).view.choose("speaker");
    expect(viewOf({ ada: {} }, storage).view.layout).toBe("speaker");
    expect(storage.kept.get("parley.layout")).toBe("speaker");
    storage.kept.set("parley.layout", "<nonsense>");
    expect(viewOf({ ada: {} }, storage).view.layout).toBe("grid");
  });

  test("a storage that refuses costs nothing but memory", () => {
    const refuse = (): never => {
      throw new DOMException("no", "SecurityError");
    };
    const { view } = viewOf({ ada: {} }, { getItem: refuse, setItem: refuse });
    view.choose("speaker");
    view.hideOwn(true);
    expect([view.layout, view.ownHidden]).toEqual(["speaker", true]);
  });

  test("one's own picture can be hidden, and that is remembered", () => {
    const storage = memory();
    const { view, onChange } = viewOf({ ada: {} }, storage);
    view.pin("own-camera");
    onChange.mockClear();
    view.hideOwn(true);
    expect(onChange).toHaveBeenCalledOnce();
    expect(view.scene).toMatchObject({ tiles: [ada], stage: [] });
    expect(viewOf({ ada: {} }, storage).view.ownHidden).toBe(true);
  });
});

describe("the speaker view", () => {
  test("shows whoever has spoken for a while, without being told again", () => {
    const { view, onChange } = viewOf({ ada: {}, grace: {} });
    view.choose("speaker");
    expect(view.scene.stage).toEqual([ada]);
    view.handleCall(call({ ada: {}, grace: { speaking: true } }));
    expect(view.scene.stage).toEqual([ada]);
    onChange.mockClear();
    vi.advanceTimersByTime(1_500);
    expect(onChange).toHaveBeenCalledOnce();
    expect(view.scene.stage).toEqual([grace]);
    expect(view.scene.kept[0]).toBe(grace);
  });

  test("forgets its timer when it is closed", () => {
    const { view } = viewOf({ ada: {}, grace: {} });
    view.handleCall(call({ ada: {}, grace: { speaking: true } }));
    expect(vi.getTimerCount()).toBe(1);
    view.close();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("pins", () => {
  test("make a stage, for several at once, in the order of pinning", () => {
    const { view } = viewOf({ ada: {}, grace: {} });
    view.pin("own-camera");
    view.pin(ada);
    expect(view.layout).toBe("speaker");
    expect(view.scene.stage).toEqual(["own-camera", ada]);
    expect(view.isPinned(grace)).toBe(false);
    view.unpin("own-camera");
    view.unpin(ada);
    expect(view.layout).toBe("grid");
  });

  test("are at most four: the first goes", () => {
    const people = ["a", "b", "c", "d", "e"];
    const { view } = viewOf(Object.fromEntries(people.map((id) => [id, {}])));
    for (const id of people) view.pin(cameraOf(id));
    expect(view.scene.stage).toEqual(["b", "c", "d", "e"].map(cameraOf));
  });

  test("take the stage from whoever speaks", () => {
    const { view } = viewOf({ ada: {}, grace: {} });
    view.choose("speaker");
    view.pin(grace);
    expect(view.scene.stage).toEqual([grace]);
    view.unpin(grace);
    expect(view.scene.stage).toEqual([ada]);
  });

  test("end with whom they hold, and with the choice of the grid", () => {
    const { view } = viewOf({ ada: {}, grace: {} });
    view.pin(ada);
    view.handleCall(call({ grace: {} }));
    expect(view.scene.stage).toEqual([]);
    view.pin(grace);
    view.choose("grid");
    expect(view.scene.stage).toEqual([]);
    view.pin(ada);
    expect(view.scene.stage).toEqual([]);
  });
});

describe("a shared screen", () => {
  test("takes the stage by itself, and gives it back when it ends", () => {
    const storage = memory();
    const { view } = viewOf({ ada: {}, grace: {} }, storage);
    view.handleCall(call({ ada: { screen: true }, grace: {} }));
    expect(view.scene.stage).toEqual([screen]);
    expect(view.layout).toBe("speaker");
    expect(view.isPinned(screen)).toBe(true);
    view.handleCall(call({ ada: {}, grace: {} }));
    expect(view.scene.stage).toEqual([]);
    expect(view.layout).toBe("grid");
    expect(storage.kept.size).toBe(0);
  });

  test("gives it back to the speaker, if that was chosen", () => {
    const { view } = viewOf({ ada: {}, grace: {} });
    view.choose("speaker");
    view.handleCall(call({ ada: {}, grace: { screen: true } }));
    expect(view.scene.stage).toEqual([otherScreen]);
    view.handleCall(call({ ada: {}, grace: {} }));
    expect(view.scene.stage).toEqual([ada]);
  });

  test("is shared beside others, and beside who is pinned", () => {
    const { view } = viewOf({ ada: { screen: true }, grace: {} });
    view.pin(grace);
    view.handleCall(call({ ada: { screen: true }, grace: { screen: true } }));
    expect(view.scene.stage).toEqual([screen, otherScreen, grace]);
  });

  test("that the person took off the stage stays off until it is shared anew", () => {
    const { view } = viewOf({ ada: { screen: true }, grace: {} });
    view.unpin(screen);
    expect(view.layout).toBe("grid");
    view.handleCall(call({ ada: { screen: true }, grace: { speaking: true } }));
    expect(view.scene.stage).toEqual([]);
    view.handleCall(call({ ada: { screen: true }, grace: { screen: true } }));
    expect(view.scene.stage).toEqual([otherScreen]);
    view.handleCall(call({ ada: {}, grace: {} }));
    view.handleCall(call({ ada: { screen: true }, grace: {} }));
    expect(view.scene.stage).toEqual([screen]);
  });

  test("leaves it to a person who chooses the grid, and returns with the speaker view", () => {
    const { view } = viewOf({ ada: { screen: true }, grace: {} });
    view.choose("grid");
    expect(view.layout).toBe("grid");
    expect(view.scene.tiles).toContain(screen);
    view.choose("speaker");
    expect(view.scene.stage).toEqual([screen]);
  });

  test("can be pinned again by hand", () => {
    const { view } = viewOf({ ada: { screen: true }, grace: {} });
    view.unpin(screen);
    view.pin(screen);
    expect(view.scene.stage).toEqual([screen]);
    view.unpin(screen);
    expect(view.scene.stage).toEqual([]);
  });

  test("makes room for pins, newer ones before older ones", () => {
    const people = ["a", "b", "c", "d"];
    const sharing = Object.fromEntries(people.map((id) => [id, { screen: true }]));
    const { view } = viewOf(sharing);
    expect(view.scene.stage).toEqual(people.map(screenOf));
    view.pin(cameraOf("a"));
    expect(view.scene.stage).toEqual([screenOf("b"), screenOf("c"), screenOf("d"), cameraOf("a")]);
    for (const id of people) view.pin(cameraOf(id));
    expect(view.scene.stage).toEqual(people.map(cameraOf));
  });

  test("of one's own lies among the cameras, unless it is pinned", () => {
    const { view } = viewOf({ ada: {} });
    view.handleCall(call({ ada: {} }, true));
    expect(view.scene.tiles).toEqual([ada, "own-camera", "own-screen"]);
    expect(view.scene.stage).toEqual([]);
    view.pin("own-screen");
    expect(view.scene.stage).toEqual(["own-screen"]);
  });
});

describe("one picture over everything", () => {
  test("is there until it is asked to go, or goes", () => {
    const { view, onChange } = viewOf({ ada: {}, grace: {} });
    view.fill(grace);
    view.fill(grace);
    expect(onChange).toHaveBeenCalledOnce();
    expect(view.scene.full).toBe(grace);
    view.fill(null);
    expect(view.full).toBeNull();
    view.fill(grace);
    view.handleCall(call({ ada: {} }));
    expect(view.full).toBeNull();
    view.fill(grace);
    expect(view.full).toBeNull();
  });
});

test("a page is turned to, and the first one is where another choice begins", () => {
  const { view } = viewOf({ ada: {} });
  view.turnTo(2);
  expect(view.scene.page).toBe(2);
  view.choose("speaker");
  expect(view.scene.page).toBe(0);
});
