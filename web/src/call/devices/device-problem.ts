import type { DeviceProblem } from "../state.js";

/** A problem that is known without asking the browser. */
export class DeviceError extends Error {
  readonly problem: DeviceProblem;

  constructor(problem: DeviceProblem) {
    super(problem);
    this.problem = problem;
  }
}

/** What the error of `getUserMedia` or `getDisplayMedia` means to a person. */
export function problemOf(error: unknown): DeviceProblem {
  if (error instanceof DeviceError) return error.problem;
  switch (nameOf(error)) {
    case "NotAllowedError":
    case "SecurityError":
      return "denied";
    case "NotFoundError":
    case "OverconstrainedError":
      return "not-found";
    // Another program has it, or the system does not hand it out at the moment.
    case "NotReadableError":
    case "AbortError":
      return "busy";
    case "NotSupportedError":
    case "TypeError":
      return "unsupported";
    default:
      return "unknown";
  }
}

function nameOf(error: unknown): string {
  return typeof error === "object" && error !== null && "name" in error ? String(error.name) : "";
}
