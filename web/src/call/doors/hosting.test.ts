import { describe, expect, test, vi } from "vitest";
import type { Admission, ErrorCode, Result } from "../../signalling/index.js";
import { Hosting, asPasscode } from "./hosting.js";

const doors = { locked: false, waitingRoom: true, passcode: false };
const waiting = [
  { id: "w1", name: "Grace", since: 1 },
  { id: "w2", name: "Edsger", since: 2 },
];
const admission = { doors, waiting } as unknown as Admission;

function world(answer: (what: string, about: unknown) => Result = () => ({ ok: true })) {
  const asked: unknown[][] = [];
  const request =
    (what: string) =>
    (...args: unknown[]): Promise<Result> => {
      asked.push([what, ...args]);
      return Promise.resolve(answer(what, args.at(-1)));
    };
  const port = {
    hand: request("hand"),
    doors: request("doors"),
    decide: request("decide"),
    handOver: request("handOver"),
    askToMute: request("askToMute"),
    end: request("end"),
  };
  return { hosting: new Hosting(() => port), asked };
}

const failed = (code: ErrorCode): Result => ({ ok: false, error: { code, message: "" } });

describe("what is known of the doors", () => {
  test("is what the server says, and each listener hears of every change once", () => {
    const { hosting } = world();
    const heard = vi.fn();
    const end = hosting.subscribe(heard);
    hosting.handleAdmission(admission);
    hosting.handleMessage({ type: "doors", doors: { ...doors, locked: true } }, "me", true);
    hosting.handleMessage({ type: "waiting", waiting: waiting.slice(1) }, "me", true);
    expect(hosting.state).toEqual({
      doors: { ...doors, locked: true },
      waiting: waiting.slice(1),
      muteAskedBy: null,
    });
    expect(heard).toHaveBeenCalledTimes(3);
    hosting.handleMessage({ type: "away", id: "bob" }, "me", true);
    expect(heard).toHaveBeenCalledTimes(3);
    end();
    hosting.handleExit();
    expect(heard).toHaveBeenCalledTimes(3);
    expect(hosting.state.waiting).toEqual([]);
  });

  test("of those who wait is for hosts only", () => {
    const { hosting } = world();
    hosting.handleAdmission(admission);
    hosting.handleMessage({ type: "role", id: "bob", role: "participant" }, "me", true);
    expect(hosting.state.waiting).toEqual(waiting);
    hosting.handleMessage({ type: "role", id: "me", role: "participant" }, "me", true);
    expect(hosting.state.waiting).toEqual([]);
  });
});

describe("a host who asks for silence", () => {
  test("asks who can be heard, until that one answers", () => {
    const { hosting } = world();
    hosting.handleMessage({ type: "muteAsked", from: "bob" }, "me", false);
    expect(hosting.state.muteAskedBy).toBeNull();
    hosting.handleMessage({ type: "muteAsked", from: "bob" }, "me", true);
    expect(hosting.state.muteAskedBy).toBe("bob");
    hosting.answerMute();
    expect(hosting.state.muteAskedBy).toBeNull();
  });
});

describe("what is asked of the server", () => {
  test("is said in its words", async () => {
    const { hosting, asked } = world();
    await hosting.raiseHand(true);
    await hosting.lowerHand("bob");
    await hosting.setDoors({ locked: true });
    await hosting.setDoors({ passcode: "  cafe\u0301 " });
    await hosting.setDoors({ passcode: null });
    await hosting.deny("w1");
    await hosting.remove("bob");
    await hosting.handOver("bob");
    await hosting.askToMute(null);
    await hosting.end();
    expect(asked).toEqual([
      ["hand", true],
      ["decide", "lowerHand", "bob"],
      ["doors", { locked: true }],
      ["doors", { passcode: "café" }],
      ["doors", { passcode: null }],
      ["decide", "deny", "w1"],
      ["decide", "remove", "bob"],
      ["handOver", "bob"],
      ["askToMute", null],
      ["end"],
    ]);
  });

  test.each([
    ["room-full", "room-full"],
    ["forbidden", "forbidden"],
    ["unknown-participant", "gone"],
    ["unanswered", "unreachable"],
    ["invalid", "unreachable"],
  ] as const)("and answered %s is told as %s", async (code, problem) => {
    expect(await world(() => failed(code)).hosting.admit("w1")).toBe(problem);
  });

  test("outside of the room reaches nobody", async () => {
    expect(await new Hosting(() => null).end()).toBe("unreachable");
  });

  test("for all who wait goes on past those who have gone, and stops when the room is full", async () => {
    const { hosting, asked } = world((_, id) => (id === "w1" ? failed("unknown-participant") : { ok: true }));
    hosting.handleAdmission(admission);
    expect(await hosting.admitAll()).toBeNull();
    expect(asked.map(([, , id]) => id)).toEqual(["w1", "w2"]);
    const full = world(() => failed("room-full"));
    full.hosting.handleAdmission(admission);
    expect(await full.hosting.admitAll()).toBe("room-full");
    expect(full.asked).toHaveLength(1);
  });
});

test("a passcode is the same however its letters were typed", () => {
  expect(asPasscode(" \u00e4 ")).toBe(asPasscode("a\u0308"));
});
