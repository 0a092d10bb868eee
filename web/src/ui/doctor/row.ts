import type { DeviceReading, DoctorReading, LegKind, LegReading, ServerReading } from "../../call/doctor/index.js";
import { duration } from "../figures.js";
import type { DoctorStrings } from "../strings/en-doctor.js";

/** One line of the result: on the screen, and in the report. */
export interface Row {
  readonly title: string;
  readonly state: RowState;
  /** In a few words, beside the title: an address, a time. */
  readonly facts: readonly string[];
  /** The address as the server offers it; "" where there is none. */
  readonly address: string;
  readonly meaning: string;
  /** Empty where nothing is to be done. */
  readonly advice: string;
}

export type RowState = "testing" | "works" | "warning" | "failed" | "unclear" | "absent";

/** Everything that was tried, from the server outwards. What the server could offer and does not is said, too. */
export function rowsOf({ server, device, legs }: DoctorReading, words: DoctorStrings): readonly Row[] {
  const rows = [serverRow(server, words), deviceRow(device, words)];
  for (const kind of kinds) {
    const some = legs.filter((leg) => leg.kind === kind);
    rows.push(...some.map((leg) => legRow(leg, words)));
    if (some.length === 0 && server.kind === "ready") rows.push(absentRow(kind, words));
  }
  return rows;
}

const kinds: readonly LegKind[] = ["stun", "relay-udp", "relay-tcp", "relay-tls"];

function serverRow(server: ServerReading, words: DoctorStrings): Row {
  const title = words.server;
  switch (server.kind) {
    case "testing":
      return { ...blank, title };
    case "unreachable":
      return { ...blank, title, state: "failed", meaning: words.serverFailed };
    default: {
      const { transport, took } = server;
      const facts = [words.transports[transport], words.serverTook(duration(took, words.language))];
      const meaning = transport === "polling" ? words.pollingText : "";
      return { ...blank, title, state: transport === "polling" ? "warning" : "works", facts, meaning };
    }
  }
}

function deviceRow(device: DeviceReading, words: DoctorStrings): Row {
  const title = words.device;
  if (device.kind === "testing") return { ...blank, title };
  const { addresses, reached } = device;
  if (addresses.length === 0) return { ...blank, title, state: "warning", meaning: words.deviceNone };
  const facts = addresses.map(({ family, scope, count }) =>
    family === "hidden"
      ? words.hiddenAddresses(count)
      : words.addresses(count, words.families[family], words.scopes[scope]),
  );
  return {
    ...blank,
    title,
    state: reached ? "works" : "unclear",
    facts,
    meaning: reached ? words.deviceReached : words.deviceNotReached,
  };
}

function legRow({ kind, url, outcome }: LegReading, words: DoctorStrings): Row {
  const row = { ...blank, title: words.legs[kind], address: url };
  switch (outcome.kind) {
    case "testing":
      return row;
    case "unclear":
      return { ...row, state: "unclear", meaning: words.unclear };
    case "failed": {
      const { failure, fault } = outcome;
      const advice = words.advice[failure];
      const silentTls = kind === "relay-tls" && (failure === "no-answer" || failure === "untold");
      return {
        ...row,
        state: "failed",
        facts: fault === null ? [] : [words.fault(fault.code, fault.text)],
        meaning: `${silentTls ? words.noTls : words.causes[failure]} ${words.failures[kind]}`,
        advice: typeof advice === "string" ? advice : advice[kind],
      };
    }
    case "works": {
      const { relay, translated, roundTrip } = outcome;
      if (relay === null) {
        const facts = translated ? [words.answered(duration(roundTrip, words.language))] : [];
        return { ...row, state: "works", facts, meaning: translated ? words.translated : words.untranslated };
      }
      const facts = [words.roundTrip(duration(roundTrip, words.language))];
      if (relay.scope === "public" || relay.scope === "hidden") {
        return { ...row, state: "works", facts, meaning: words.relayWorks };
      }
      return {
        ...row,
        state: "warning",
        facts,
        meaning: `${words.relayWorks} ${words.relayAddress(relay.address, relay.scope)}`,
        advice: words.relayAddressAdvice(relay.scope),
      };
    }
  }
}

function absentRow(kind: LegKind, words: DoctorStrings): Row {
  return { ...blank, title: words.legs[kind], state: "absent", meaning: words.absent[kind] };
}

const blank: Row = { title: "", state: "testing", facts: [], address: "", meaning: "", advice: "" };
