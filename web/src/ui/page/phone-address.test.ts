import { describe, expect, it } from "vitest";
import { askForPhoneAddress, invitationBase, phoneCode } from "./phone-address.js";

const home = new URL("https://meet.example/parley/");

function answering(body: unknown, status = 200): typeof fetch {
  return (address) => {
    expect((address as URL).href).toBe("https://meet.example/parley/phone");
    return Promise.resolve(Response.json(body, { status }));
  };
}

describe("the address for phones", () => {
  it("is asked of the server below its own path", async () => {
    const answer = { address: "https://192.0.2.7:8443/", selfSigned: true, possible: false };
    expect(await askForPhoneAddress(home, answering(answer))).toEqual(answer);
    expect(phoneCode(home).href).toBe("https://meet.example/parley/phone.svg");
  });

  it("may be missing, and then may be possible", async () => {
    expect(await askForPhoneAddress(home, answering({ address: null, possible: true }))).toEqual({
      address: null,
      selfSigned: false,
      possible: true,
    });
  });

  it.each([
    ["nothing", null],
    ["a list", []],
    ["a number for an address", { address: 7 }],
    ["an address that phones refuse", { address: "http://192.0.2.7:8080/" }],
    ["a script for an address", { address: "javascript:alert(1)" }],
    ["an address that is none", { address: "https://" }],
  ])("is not taken from %s", async (_what, body) => {
    expect(await askForPhoneAddress(home, answering(body))).toBeNull();
  });

  it("is left out when the server does not know, or does not answer", async () => {
    expect(await askForPhoneAddress(home, answering({ address: null }, 404))).toBeNull();
    expect(await askForPhoneAddress(home, () => Promise.reject(new TypeError("offline")))).toBeNull();
    expect(await askForPhoneAddress(home, () => Promise.resolve(new Response("<!doctype html>")))).toBeNull();
  });
});

describe("the beginning of a link for others", () => {
  const phone = { address: "https://192.0.2.7:8443/", selfSigned: true, possible: false };

  it.each(["http://localhost:8080/", "http://parley.localhost:8080/", "http://127.0.0.1:8080/", "http://[::1]:8080/"])(
    "is the address in the network where %s is open, because that is nobody else's",
    (here) => {
      expect(invitationBase(new URL(here), phone).href).toBe("https://192.0.2.7:8443/");
      expect(invitationBase(new URL(here), { ...phone, address: null }).href).toBe(here);
      expect(invitationBase(new URL(here), null).href).toBe(here);
    },
  );

  it("is the page's own address everywhere else", () => {
    expect(invitationBase(home, phone)).toBe(home);
  });
});
