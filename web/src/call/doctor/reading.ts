import type { AddressScope } from "../../rtc/trial/index.js";
import type { DiagnoseRefusal } from "../../signalling/index.js";
import type { LegKind } from "./legs.js";
import type { LegOutcome } from "./outcome.js";
import type { Verdict } from "./verdict.js";

/** What the doctor knows at a moment: an immutable snapshot. */
export interface DoctorReading {
  /** This browser can make calls at all. */
  readonly supported: boolean;
  readonly server: ServerReading;
  readonly device: DeviceReading;
  /** Those that the server offers. */
  readonly legs: readonly LegReading[];
  /** Null while something is still being tried. */
  readonly verdict: Verdict | null;
}

/** The way to the server, which calls need to begin. */
export type ServerReading =
  | { readonly kind: "testing" }
  | ({
      /** Reached; `silent`: it does not know this test. */
      readonly kind: "ready" | "silent";
    } & ReachedBy)
  | ({
      /** Reached, but it lets nobody test now, or not us. */
      readonly kind: "refused";
      readonly reason: DiagnoseRefusal;
    } & ReachedBy)
  | { readonly kind: "unreachable" };

interface ReachedBy {
  readonly transport: "polling" | "websocket";
  /** Milliseconds until the connection stood. */
  readonly took: number;
}

export type DeviceReading =
  | { readonly kind: "testing" }
  | {
      readonly kind: "read";
      /** What stands in the addresses that this browser would tell the others; never the addresses themselves. */
      readonly addresses: readonly DeviceAddresses[];
      /** The page has reached itself by them. */
      readonly reached: boolean;
    };

export interface DeviceAddresses {
  readonly family: "ipv4" | "ipv6" | "hidden";
  readonly scope: AddressScope;
  readonly count: number;
}

export interface LegReading {
  readonly kind: LegKind;
  readonly url: string;
  readonly outcome: LegOutcome;
}
