import type { DeviceProblem } from "../state.js";

/** A problem that is known without asking the browser, or better than from its error alone. */
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
      return "not-found";
    case "OverconstrainedError":
      return "overconstrained";
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

/**
 * Who said no. The error is the same for all; Chromium's text tells them apart, and elsewhere what the browser says of the
 * permission afterwards does.
 *
 * @param permission After the "no"; null where the browser does not tell.
 */
export function denialOf(error: unknown, permission: PermissionState | null): DeviceProblem {
  const text = error instanceof Error ? error.message : "";
  // The person allowed this site, so it is the system that does not allow the browser.
  if (/by system/iu.test(text) || permission === "granted") return "denied-by-system";
  // The question was closed without an answer, and the next attempt asks it again.
  if (/dismissed/iu.test(text) || permission === "prompt") return "dismissed";
  return "denied";
}

/** Whether it is about what the person allows. */
export function isDenial(problem: DeviceProblem): boolean {
  return problem === "denied" || problem === "dismissed" || problem === "denied-by-system" || problem === "revoked";
}

function nameOf(error: unknown): string {
  return typeof error === "object" && error !== null && "name" in error ? String(error.name) : "";
}
