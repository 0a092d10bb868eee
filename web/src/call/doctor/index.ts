export type { AddressScope } from "../../rtc/trial/index.js";
export { Doctor } from "./doctor.js";
export { type LegKind, relayKinds } from "./legs.js";
export type { LegFailure, LegOutcome } from "./outcome.js";
export type * from "./reading.js";
export type { Verdict, VerdictReason } from "./verdict.js";
