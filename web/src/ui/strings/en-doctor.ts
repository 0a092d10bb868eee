import type { AddressScope, LegFailure, LegKind, VerdictReason } from "../../call/doctor/index.js";
import type { Wording, Words } from "./words.js";
import type { Language } from "./languages.js";
import { Part } from "./part.js";

const silent =
  "Open this test in Chromium, which says more. Most often a firewall does not let the port in the address through.";
const silentUdp =
  "Check the name in the address, and open its UDP port (3478 unless it says another) in the server’s firewall and at its provider. If it is open, the network here blocks UDP.";
const silentTls =
  "Check three things: the TCP port in the address is open; the certificate names exactly the host in the address and has not ended; it comes from an authority that browsers know, with every certificate in between. This browser did not tell which of them it is.";

/** What the connection test says, in English. It is loaded with the test, which is why it does not stand in en.ts. */
export const enDoctor = {
  language: "en" as Language,
  testing: "Testing…",
  progress: (done: number, all: number) => `Testing the ways out of this network: ${done} of ${all} done.`,
  again: "Test again",
  copy: "Copy report",
  copied: "Report copied",
  copyFailed: "The browser does not let us copy it. Select the text below, and copy it by hand.",
  reportLabel: "Report",
  reportPrivacy:
    "The report names the server’s addresses and what this browser is. It contains none of your own addresses, no passwords and no names.",
  whatToDo: "What the operator can do",

  verdicts: {
    works: {
      title: "Calls will work from here",
      text: "The relay can be reached over UDP. Where no direct path to somebody exists, sound and picture go through it.",
    },
    "only-tcp": {
      title: "Calls will work, but only through TCP",
      text: "This network lets no UDP out, so everything goes through the relay over TCP. On a bad line picture and sound may stall where UDP would go on.",
    },
    "only-tls": {
      title: "Calls will work, but only through TLS",
      text: "This network lets only encrypted TCP out, as to web pages, so everything goes through the relay that way. On a bad line picture and sound may stall.",
    },
    "relay-tcp": {
      title: "Calls will work; without a direct path, through TCP",
      text: "UDP leaves this network, but the relay answers over TCP only. Where no direct path to somebody exists, a bad line is felt sooner.",
    },
    "relay-tls": {
      title: "Calls will work; without a direct path, through TLS",
      text: "UDP leaves this network, but the relay answers over TLS only. Where no direct path to somebody exists, a bad line is felt sooner.",
    },
    "relay-fails": {
      title: "Calls with some people in other networks will probably fail: no relay works",
      text: "This network is found from outside, so many direct paths will work. Where a strict firewall or router needs the relay, there is no way.",
    },
    "nothing-works": {
      title: "Calls with people in other networks will probably fail: no relay works",
      text: "Neither a direct path out of this network nor a relay was found. People in the same network can still be reached.",
    },
    "no-relay": {
      title: "Most calls will work, but this server offers no relay",
      text: "This network is found from outside. Between strict firewalls or routers only a relay helps, and there is none.",
    },
    "own-network": {
      title: "Calls will work within one network: this server offers no way out of it that works",
      text: "Without STUN and a relay, browsers know the addresses of their own network only.",
    },
    "no-webrtc": {
      title: "Calls will not work: this browser has no WebRTC",
      text: "It is too old, or WebRTC was switched off in it. Try another browser.",
    },
    "server-unreachable": {
      title: "Calls will not work: the server cannot be reached",
      text: "Check that you are online, then test again. If it stays like this, the server may be down, or something between here and there does not let its connection through.",
    },
    "server-old": {
      title: "This cannot be tested: the server does not know this test",
      text: "It is of an earlier version, or too busy to answer. Calls may work all the same.",
    },
    "server-busy": {
      title: "This cannot be tested at the moment: the server is busy",
      text: "It is carrying as many tests as it can. Try again in a minute. Calls may work all the same.",
    },
    "network-busy": {
      title: "This cannot be tested at the moment: too many tests are running from this network",
      text: "People behind one router share its address, and the server carries only so many tests from one. Try again in a minute. Calls may work all the same.",
    },
    "too-often": {
      title: "This cannot be tested at the moment: it was started too often from this network",
      text: "The server counts tests from one address, and allows so many in a minute. Try again in a minute. Calls may work all the same.",
    },
  } satisfies Record<VerdictReason, Words> as Record<VerdictReason, Words>,

  /** After a verdict that is good all the same. */
  someFail: (count: number) =>
    count === 1
      ? "One of the ways below fails: somebody in a stricter network may need it."
      : `${count} of the ways below fail: somebody in a stricter network may need them.`,

  states: { testing: "testing", works: "works", failed: "fails", unclear: "not clear", absent: "not offered" },

  server: "Connection to the server",
  transports: { websocket: "over WebSocket", polling: "over HTTP long-polling" },
  serverTook: (took: string) => `connected in ${took}`,
  pollingText:
    "Calls work this way too, a little slower to begin. A proxy in between does not pass WebSockets on: the operator can allow upgrades below /socket.io/.",
  serverFailed: "No connection came about.",

  device: "Addresses of this device",
  deviceNone: "This browser tells no address of the device at all: a policy or an extension allows proxies only.",
  deviceReached: "The page reached itself through them.",
  deviceNotReached:
    "The page did not reach itself through them. With hidden addresses that may mean nothing; otherwise a firewall on this device may stand in the way.",
  hiddenAddresses: (count: number) => `${count} hidden by the browser`,
  addresses: (count: number, family: string, scope: string) => `${count} × ${family} (${scope})`,
  families: { ipv4: "IPv4", ipv6: "IPv6" },
  scopes: {
    hidden: "hidden",
    unspecified: "none",
    loopback: "this device only",
    private: "own network",
    public: "public",
  } satisfies Record<AddressScope, string> as Record<AddressScope, string>,

  legs: {
    stun: "Address seen from outside (STUN)",
    "relay-udp": "Relay over UDP",
    "relay-tcp": "Relay over TCP",
    "relay-tls": "Relay over TLS",
  } satisfies Record<LegKind, string> as Record<LegKind, string>,
  absent: {
    stun: "Without it, browsers behind a router do not know where others could find them.",
    "relay-udp": "It is what helps when no direct path exists.",
    "relay-tcp": "It helps where a network lets no UDP out.",
    "relay-tls": "It helps where a network lets out what looks like web pages only.",
  } satisfies Record<LegKind, string> as Record<LegKind, string>,
  roundTrip: (time: string) => `round trip ${time}`,
  answered: (time: string) => `answered in ${time}`,
  translated: "Others can find this network from outside.",
  untranslated: "The server sees the device’s own address: there is no router in between that changes it.",
  unclear: "No answer was seen, and this browser does not tell whether there was one.",
  relayWorks: "Data went to the relay and back.",
  relayAddress: (address: string, scope: AddressScope) =>
    `The relay gives out ${address}, an address that ${scope === "private" ? "only its own network reaches" : "nobody else reaches"}.`,
  relayAddressAdvice: (scope: AddressScope) =>
    scope === "private"
      ? "If people are to call from other networks, set the server’s external address (Parley:Turn:External) to the one that the internet sees."
      : "This server is there for its own machine only. For people elsewhere it has to be started for them: with a certificate, or behind a proxy.",

  failures: {
    stun: "Others in other networks may not find this device.",
    "relay-udp": "If no direct path exists, calls have to go over TCP, or fail.",
    "relay-tcp": "From networks that let no UDP out, calls fail unless TLS works.",
    "relay-tls": "From networks that let only web pages through, calls fail.",
  } satisfies Record<LegKind, string> as Record<LegKind, string>,
  /** Browsers do not say what of it went wrong: the connection, or TLS on it. */
  noTls: "No encrypted connection came about.",
  causes: {
    "no-answer": "There was no answer.",
    certificate:
      "The port is open, but the encrypted connection fails: this browser does not accept the certificate that the server shows there.",
    "unknown-name": "The name of the server leads nowhere.",
    credentials: "The server refused the user name or password.",
    forbidden: "The server forbids it.",
    quota: "The server has given out as many relays as it allows one user.",
    capacity: "The server has no more relays to give.",
    error: "The server answered with an error.",
    untold: "No address came, and this browser does not say why.",
    "no-data": "The relay gave an address, but no data passed through it.",
    "refused-by-browser": "This browser does not take such an address.",
  } satisfies Record<LegFailure, string> as Record<LegFailure, string>,
  advice: {
    "no-answer": {
      stun: silentUdp,
      "relay-udp": silentUdp,
      "relay-tcp":
        "Check the name in the address, and open its TCP port in the server’s firewall and at its provider. If it is open, the network here blocks it.",
      "relay-tls": silentTls,
    },
    certificate:
      "Look at the relay’s certificate. It has to name exactly the host in the address above, be within its dates, and come from an authority that browsers know, with every certificate in between (fullchain.pem, not cert.pem). A warning that was clicked away for the page does not count here.",
    "unknown-name": "Correct the name in the address, or its entry in DNS.",
    credentials:
      "Check that both servers share the same secret and realm, and that their clocks agree: credentials end at a time of day.",
    forbidden: "The relay refuses this user or this peer. Look at what its configuration denies.",
    quota: "Raise the number of relays for each user, or wait until old ones have ended.",
    capacity: "Widen the range of relay ports, or give the server more room.",
    error: "The number and words say more; the log of the relay has the same.",
    untold: {
      stun: silent,
      "relay-udp": silent,
      "relay-tcp": silent,
      "relay-tls": silentTls,
    },
    "no-data":
      "Open the range of relay ports (UDP) in the server’s firewall, and set its external address (Parley:Turn:External): the relay has to reach its own address from inside.",
    "refused-by-browser": "Write the address as this kind of browser takes it, or leave it out.",
  } satisfies Record<LegFailure, string | Record<LegKind, string>> as Record<
    LegFailure,
    string | Record<LegKind, string>
  >,
  fault: (code: number, text: string) => (text === "" ? `error ${code}` : `error ${code}: ${text}`),

  report: {
    title: "Parley connection test",
    server: "Server",
    browser: "Browser",
    verdict: "Verdict",
  },
};

export type DoctorStrings = Wording<typeof enDoctor>;

/** In all languages. */
export const doctorPart = new Part<DoctorStrings>("doctor", enDoctor);
