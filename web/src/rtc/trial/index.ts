export { type AddressScope, scopeOf } from "../address.js";
export type { CandidateFault, FoundCandidate } from "./gathering.js";
export { type TrialFindings, type TrialOptions, tryDevice, tryPort, tryRelay, tryStun } from "./trial.js";
