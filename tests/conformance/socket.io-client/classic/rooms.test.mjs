import { describe, expect, test } from "vitest";
import { useClassic } from "../harness/classic.mjs";

const offer = { type: "offer", sdp: "v=0" };
const answer = { type: "answer", sdp: "v=0" };
const candidate = { candidate: "candidate:1 1 udp 1 192.0.2.1 9 typ host", sdpMid: "0" };
const time = expect.stringMatching(/^\d{1,2}:\d\d [ap]m$/);

describe("the vocabulary of rooms", () => {
  const { arrive } = useClassic({ Vocabulary: "rooms" });
  let rooms = 0;

  /** Ada and Grace in a room that nobody has used; what they heard of each other's coming is forgotten. */
  async function pair() {
    const room = `room-${(rooms += 1)}`;
    const [ada, grace] = [await arrive(), await arrive()];
    ada.say("join room", room, "Ada");
    await ada.hear("user count");
    grace.say("join room", room, "Grace");
    await Promise.all([ada.hear("user count"), grace.hear("user count")]);
    ada.heard.length = grace.heard.length = 0;
    return { room, ada, grace };
  }

  test("tells the first that nobody is there, and the second who is, in which state", async () => {
    const [ada, grace] = [await arrive(), await arrive()];
    ada.say("join room", "team", "Ada");
    expect(await ada.hear("join room")).toEqual([null, null, null, null]);
    expect(await ada.hear("user count")).toEqual([1]);
    ada.say("action", "mute");
    ada.say("action", "videooff");
    await ada.settle();
    grace.say("join room", "team", "Grace");
    expect(await grace.hear("join room")).toEqual([
      [ada.id],
      { [ada.id]: "Ada", [grace.id]: "Grace" },
      { [ada.id]: "off", [grace.id]: "on" },
      { [ada.id]: "off", [grace.id]: "on" },
    ]);
    expect(await grace.hear("user count")).toEqual([2]);
    expect(await ada.hear("message")).toEqual(["Grace joined the room.", "Bot", time]);
    expect(await ada.hear("user count")).toEqual([2]);
  });

  test("passes an offer on with the sender, their name and their state, answers and candidates with the sender", async () => {
    const { ada, grace } = await pair();
    grace.say("action", "mute");
    expect(await ada.hear("action")).toEqual(["mute", grace.id]);
    grace.say("video-offer", offer, ada.id);
    expect(await ada.hear("video-offer")).toEqual([offer, grace.id, "Grace", "off", "on"]);
    ada.say("video-answer", answer, grace.id);
    expect(await grace.hear("video-answer")).toEqual([answer, ada.id]);
    for (const each of [candidate, null]) {
      grace.say("new icecandidate", each, ada.id);
      expect(await ada.hear("new icecandidate")).toEqual([each, grace.id]);
    }
    grace.say("action", "screenon");
    expect(await ada.hear("action")).toEqual(["screenon", grace.id]);
  });

  test("sends a message to everybody in the room, its sender included, as it was written", async () => {
    const { room, ada, grace } = await pair();
    ada.say("message", "1 < 2 & <b>so on</b>", "Ada", room);
    for (const each of [ada, grace]) {
      expect(await each.hear("message")).toEqual(["1 < 2 & <b>so on</b>", "Ada", time]);
    }
  });

  test("passes strokes on, keeps the picture for who comes later, and clears both", async () => {
    const { room, ada, grace } = await pair();
    ada.say("draw", 1, 2.5, 3, 4, "#000000", 3);
    expect(await grace.hear("draw")).toEqual([1, 2.5, 3, 4, "#000000", 3]);
    const picture = `data:image/png;base64,${"A".repeat(250_000)}`;
    ada.say("store canvas", picture);
    await ada.settle();
    const barbara = await arrive();
    barbara.say("join room", room, "Barbara");
    barbara.say("getCanvas");
    expect(await barbara.hear("getCanvas")).toEqual([picture]);
    barbara.say("clearBoard");
    expect(await grace.hear("clearBoard")).toEqual([]);
    grace.heard.length = 0;
    await grace.settle();
    expect(grace.heard).toEqual([]);
  });

  test("tells those who stay when somebody goes, and forgets them and their state", async () => {
    const { room, ada, grace } = await pair();
    grace.say("action", "mute");
    grace.socket.disconnect();
    expect(await ada.hear("message")).toEqual(["Grace left the room.", "Bot", time]);
    expect(await ada.hear("remove peer")).toEqual([grace.id]);
    expect(await ada.hear("user count")).toEqual([1]);
    const barbara = await arrive();
    barbara.say("join room", room, "Barbara");
    const [ids, names] = await barbara.hear("join room");
    expect(ids).toEqual([ada.id]);
    expect(Object.keys(names).sort()).toEqual([ada.id, barbara.id].sort());
  });

  test("forgets the board with the last one who leaves", async () => {
    const { room, ada, grace } = await pair();
    ada.say("store canvas", "data:image/png;base64,AAAA");
    await ada.settle();
    grace.socket.disconnect();
    await ada.hear("remove peer");
    ada.say("join room", `${room}-next`, "Ada");
    await ada.hear("user count");
    const barbara = await arrive();
    barbara.say("join room", room, "Barbara");
    expect(await barbara.hear("join room")).toEqual([null, null, null, null]);
    barbara.heard.length = 0;
    await barbara.settle();
    expect(barbara.heard.filter(([event]) => event === "getCanvas")).toEqual([]);
  });

  test("takes who joins another room out of the one before", async () => {
    const { ada, grace } = await pair();
    grace.say("join room", "elsewhere", "Grace");
    expect(await ada.hear("remove peer")).toEqual([grace.id]);
    grace.say("video-offer", offer, ada.id);
    await grace.settle();
    await ada.settle();
    expect(ada.heard.filter(([event]) => event === "video-offer")).toEqual([]);
  });

  describe("closes the defect that", () => {
    test("strangers are sent offers, answers and candidates", async () => {
      const [{ ada }, { grace: stranger }] = [await pair(), await pair()];
      const outside = await arrive();
      for (const sender of [stranger, outside]) {
        sender.say("video-offer", offer, ada.id);
        sender.say("video-answer", answer, ada.id);
        sender.say("new icecandidate", candidate, ada.id);
        sender.say("action", "mute");
        sender.say("draw", 1, 2, 3, 4, "red", 3);
        await sender.settle();
      }
      await ada.settle();
      expect(ada.heard).toEqual([]);
    });

    test("a room that is named like somebody's id reaches them", async () => {
      const { ada } = await pair();
      const stranger = await arrive();
      stranger.say("join room", ada.id, "Mallory");
      stranger.say("message", "hello", "Mallory", ada.id);
      await stranger.hear("message");
      stranger.say("clearBoard");
      await stranger.settle();
      await ada.settle();
      expect(ada.heard).toEqual([]);
    });

    test("the names of other rooms are told", async () => {
      await pair();
      const { room, ada, grace } = await pair();
      const barbara = await arrive();
      barbara.say("join room", room, "Barbara");
      for (const told of await barbara.hear("join room")) {
        expect((Array.isArray(told) ? [...told, barbara.id] : Object.keys(told)).sort()).toEqual(
          [ada.id, grace.id, barbara.id].sort(),
        );
      }
    });

    test("a message goes to any room, under any name", async () => {
      const [{ ada, room }, { grace: stranger }] = [await pair(), await pair()];
      stranger.say("message", "hello", "Ada", room);
      expect(await stranger.hear("message")).toEqual(["hello", "Grace", time]);
      await ada.settle();
      expect(ada.heard).toEqual([]);
    });

    test("a board is an address of elsewhere", async () => {
      const { ada } = await pair();
      ada.say("store canvas", "https://elsewhere.example/who-comes.png");
      ada.say("getCanvas");
      await ada.settle();
      expect(ada.heard).toEqual([]);
    });

    test("something of a wrong type makes the server throw", async () => {
      const { ada, grace } = await pair();
      const wrong = [undefined, null, 1, true, [], {}, { toString: 1 }, "", "x".repeat(70_000), "\ud800"];
      const events = ["action", "video-offer", "video-answer", "new icecandidate", "message", "draw", "getCanvas", "clearBoard"];
      // One after another: what is said too fast has its own end.
      for (const event of [...events, "store canvas"]) {
        for (const what of wrong) {
          for (const said of [[], [what], [what, what], [what, ada.id], [offer, what]]) {
            grace.say(event, ...said);
          }
        }
        await grace.settle();
      }
      await ada.settle();
      expect(grace.socket.connected).toBe(true);
      const heard = ada.heard.filter(([event]) => ["video-offer", "video-answer", "draw", "message"].includes(event));
      // All that is an object passes for an offer: what it means, the page decides.
      expect(heard.every(([, what]) => what === null || typeof what === "object")).toBe(true);
    });

    test.each([
      ["no name", ["room"]],
      ["no room", [undefined, "Ada"]],
      ["an empty room", ["", "Ada"]],
      ["a number as name", ["room", 1]],
      ["an object as room", [{}, "Ada"]],
      ["a long name", ["room", "x".repeat(65)]],
      ["a long room", ["x".repeat(65), "Ada"]],
    ])("a join with %s is an exception, and no answer", async (_, said) => {
      const ada = await arrive();
      ada.say("join room", ...said);
      expect(await ada.hear("join error")).toEqual(["A room and a name have 1 to 64 characters."]);
      expect(ada.heard).toEqual([]);
    });

    test("texts and strokes may have any length", async () => {
      const { ada, grace } = await pair();
      ada.say("message", "x".repeat(2001), "Ada");
      ada.say("draw", 1, 2, 3, 4, "x".repeat(400), 3);
      ada.say("action", "x".repeat(65));
      await ada.settle();
      await grace.settle();
      expect(grace.heard.filter(([event]) => event !== "action")).toEqual([]);
    });

    test("somebody may say anything as fast as they can", async () => {
      const { ada, grace } = await pair();
      const end = new Promise((resolve) => grace.socket.once("disconnect", resolve));
      for (let i = 0; i < 3000; i += 1) {
        grace.say("action", "mute");
      }
      expect(await end).toBe("io server disconnect");
      expect(await ada.hear("remove peer")).toEqual([grace.id]);
    });
  });
});

describe("the bounds of rooms", () => {
  const { arrive } = useClassic({ Vocabulary: "rooms", MaxRooms: 2, MaxPeople: 2 });

  test("hold for the people of a room and for the rooms, and a place that is left can be taken", async () => {
    const people = [];
    for (const room of ["a", "a", "b"]) {
      people.push(await arrive());
      people.at(-1).say("join room", room, "Ada");
      await people.at(-1).hear("user count");
    }
    const late = await arrive();
    for (const room of ["a", "c"]) {
      late.say("join room", room, "Grace");
      expect(await late.hear("join error")).toEqual(["There is no place left."]);
    }
    people[1].socket.disconnect();
    await people[0].hear("remove peer");
    late.say("join room", "a", "Grace");
    expect(await late.hear("user count")).toEqual([2]);
  });
});

describe("for front ends that take text for HTML", () => {
  const { arrive } = useClassic({ Vocabulary: "rooms", EscapeHtml: true });

  test("names and messages are escaped", async () => {
    const ada = await arrive();
    ada.say("join room", "room", "<img src=x onerror=alert(1)>");
    await ada.hear("user count");
    ada.say("message", "<b>bold</b>", "anybody", "room");
    expect(await ada.hear("message")).toEqual(["&lt;b&gt;bold&lt;/b&gt;", "&lt;img src=x onerror=alert(1)&gt;", time]);
  });
});
