import { describe, expect, test } from "vitest";
import { useClassic } from "../harness/classic.mjs";

const offer = { type: "offer", sdp: "v=0" };
const answer = { type: "answer", sdp: "v=0" };
const candidate = { candidate: "candidate:1 1 udp 1 192.0.2.1 9 typ host", sdpMid: "0" };
const wrong = [[], [null], [1], [[]], ["x"], [{}], [{ to: 1, offer, candidate }], [{ to: {}, ans: answer }], [{ to: "x" }]];

/** Has everybody handle everything: an acknowledgement comes after all that was said before. */
const settle = (event, ...people) => Promise.all(people.map(({ socket }) => socket.emitWithAck(event)));

describe("the vocabulary of a welcome", () => {
  const { arrive } = useClassic({ Vocabulary: "welcome" });
  let rooms = 0;

  async function pair() {
    const room = `room-${(rooms += 1)}`;
    const [ada, grace] = [await arrive(), await arrive()];
    await ada.socket.emitWithAck("join_room", room);
    grace.say("join_room", room);
    expect(await ada.hear("welcome")).toEqual([]);
    return { room, ada, grace };
  }

  test("welcomes who comes, and passes on to the room what is said to it by its name", async () => {
    const { room, ada, grace } = await pair();
    ada.say("offer", offer, room);
    expect(await grace.hear("offer")).toEqual([offer]);
    grace.say("answer", answer, room);
    expect(await ada.hear("answer")).toEqual([answer]);
    for (const each of [candidate, null]) {
      ada.say("ice", each, room);
      expect(await grace.hear("ice")).toEqual([each]);
    }
    expect([...ada.heard, ...grace.heard]).toEqual([]);
  });

  test("passes a candidate on to somebody, or to the room", async () => {
    const { room, ada, grace } = await pair();
    for (const to of [grace.id, room]) {
      ada.say("candidate", { candidate, to });
      expect(await grace.hear("candidate")).toEqual([{ candidate, to, from: ada.id }]);
    }
  });

  test("says bye to who stays", async () => {
    const { ada, grace } = await pair();
    grace.socket.disconnect();
    expect(await ada.hear("bye")).toEqual([]);
  });

  test("passes nothing on to a room by who is not in it", async () => {
    const { room, ada } = await pair();
    const { grace: stranger } = await pair();
    const outside = await arrive();
    for (const sender of [stranger, outside]) {
      for (const event of ["offer", "answer", "ice"]) {
        sender.say(event, offer, room);
      }
      sender.say("candidate", { candidate, to: room });
      sender.say("candidate", { candidate, to: ada.id });
    }
    await settle("ice", stranger, outside, ada);
    expect(ada.heard).toEqual([]);
  });

  test("has two in a room", async () => {
    const { room } = await pair();
    const third = await arrive();
    third.say("join_room", room);
    expect(await third.hear("join error")).toEqual(["There is no place left."]);
  });

  test("answers a join of a wrong type, and hears nothing else of one", async () => {
    const { ada, grace } = await pair();
    for (const event of ["offer", "answer", "ice", "candidate"]) {
      wrong.forEach((said) => ada.say(event, ...said));
    }
    await settle("ice", ada, grace);
    expect(grace.heard).toEqual([]);
    const barbara = await arrive();
    for (const said of [[], [null], [1], [{}], [""], ["x".repeat(65)]]) {
      barbara.say("join_room", ...said);
      expect(await barbara.hear("join error")).toEqual(["A room and a name have 1 to 64 characters."]);
    }
  });
});

describe("the vocabulary of one to one", () => {
  const { arrive } = useClassic({ Vocabulary: "pair" });
  let rooms = 0;

  async function pair() {
    const room = `room-${(rooms += 1)}`;
    const [ada, grace] = [await arrive(), await arrive()];
    ada.say("room:join", { email: "ada@example.org", room });
    expect(await ada.hear("room:join")).toEqual([{ email: "ada@example.org", room }]);
    grace.say("room:join", { email: "grace@example.org", room });
    expect(await grace.hear("room:join")).toEqual([{ email: "grace@example.org", room }]);
    expect(await ada.hear("user:joined")).toEqual([{ email: "grace@example.org", id: grace.id }]);
    return { room, ada, grace };
  }

  test("joins, calls, accepts and negotiates, each to one", async () => {
    const { ada, grace } = await pair();
    ada.say("user:call", { to: grace.id, offer });
    expect(await grace.hear("incomming:call")).toEqual([{ from: ada.id, offer }]);
    grace.say("call:accepted", { to: ada.id, ans: answer });
    expect(await ada.hear("call:accepted")).toEqual([{ from: grace.id, ans: answer }]);
    grace.say("peer:nego:needed", { to: ada.id, offer });
    expect(await ada.hear("peer:nego:needed")).toEqual([{ from: grace.id, offer }]);
    ada.say("peer:nego:done", { to: grace.id, ans: answer });
    expect(await grace.hear("peer:nego:final")).toEqual([{ from: ada.id, ans: answer }]);
    expect([...ada.heard, ...grace.heard]).toEqual([]);
  });

  test("tells who stays that the other has left", async () => {
    const { ada, grace } = await pair();
    grace.socket.disconnect();
    expect(await ada.hear("user:left")).toEqual([{ id: grace.id }]);
  });

  test("passes nothing on to strangers", async () => {
    const { ada } = await pair();
    const { grace: stranger } = await pair();
    const outside = await arrive();
    for (const sender of [stranger, outside]) {
      for (const event of ["user:call", "call:accepted", "peer:nego:needed", "peer:nego:done"]) {
        sender.say(event, { to: ada.id, offer, ans: answer });
      }
    }
    await settle("user:call", stranger, outside, ada);
    expect(ada.heard).toEqual([]);
  });

  test("has two in a room", async () => {
    const { room } = await pair();
    const third = await arrive();
    third.say("room:join", { email: "mallory@example.org", room });
    expect(await third.hear("join error")).toEqual(["There is no place left."]);
  });

  test("answers a join of a wrong type, and hears nothing else of one", async () => {
    const { ada, grace } = await pair();
    for (const event of ["user:call", "call:accepted", "peer:nego:needed", "peer:nego:done"]) {
      [...wrong, [{ to: grace.id, offer: "x", ans: 1 }], [{ to: grace.id }]].forEach((said) => ada.say(event, ...said));
    }
    await settle("user:call", ada, grace);
    expect(grace.heard).toEqual([]);
    const barbara = await arrive();
    for (const said of [[], [null], [1], ["room"], [{}], [{ room: "room" }], [{ email: 1, room: "room" }], [{ email: "", room: "" }]]) {
      barbara.say("room:join", ...said);
      expect(await barbara.hear("join error")).toEqual(["A room and a name have 1 to 64 characters."]);
    }
  });
});

describe("the sample", () => {
  const { host } = useClassic({ Vocabulary: "pair", IceServers: '[{"urls":"turn:turn.example.org"}]' });

  test("serves the official client where Node does, beside Socket.IO itself", async () => {
    for (const file of ["socket.io.js", "socket.io.min.js", "socket.io.esm.min.js"]) {
      const response = await fetch(`${host.url}/socket.io/${file}`);
      expect([response.status, response.headers.get("content-type")]).toEqual([200, "text/javascript"]);
      expect(await response.text()).toContain("Socket.IO v4.8");
    }
    expect((await fetch(`${host.url}/socket.io/?EIO=4&transport=polling`)).status).toBe(200);
  });

  test("lets no page load, or run, what is not its own", async () => {
    const page = await fetch(`${host.url}/`);
    expect(page.url).toBe(`${host.url}/pair/`);
    const policy = page.headers.get("content-security-policy");
    expect(policy).toContain("default-src 'none'; script-src 'self'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect(await page.text()).not.toMatch(/https?:|\son\w+=/);
  });

  test("gives pages the ICE servers that it was given", async () => {
    expect(await (await fetch(`${host.url}/ice.json`)).json()).toEqual([{ urls: "turn:turn.example.org" }]);
  });
});
