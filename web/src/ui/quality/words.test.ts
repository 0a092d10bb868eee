import { describe, expect, test } from "vitest";
import type { Diagnosis } from "../../call/state.js";
import ar from "../strings/ar-quality.js";
import de from "../strings/de-quality.js";
import { enQuality } from "../strings/en-quality.js";
import { culpritWords, evidenceWords } from "./words.js";

const undecided: Diagnosis = { culprit: "undecided", among: ["my-uplink", "relay", "their-downlink"], evidence: [] };

describe("a bottleneck that is one of several", () => {
  test("is named with all of them, in each language, and with the other one's name", () => {
    expect(culpritWords(undecided, "Grace", enQuality, "en").title).toBe(
      "The bottleneck is one of these: your upload, the relay, or the download of Grace",
    );
    expect(culpritWords(undecided, "Grace", de, "de").title).toBe(
      "Eines davon ist der Engpass: Ihr Upload, das Relay oder der Download von Grace",
    );
    const arabic = culpritWords(undecided, "Grace", ar, "ar").title;
    for (const part of ["سرعة الرفع لديك", "المُرحِّل", "سرعة التنزيل لدى", "Grace"]) expect(arabic).toContain(part);
  });

  test("is named without a name where it is about oneself", () => {
    expect(culpritWords(undecided, "", enQuality, "en").title).toMatch(/or the download at the other end$/);
  });
});

test("a relay is said with its address, and whose it is", () => {
  const evidence = { at: "there", fact: "relayed", value: 1 } as const;
  expect(evidenceWords({ ...evidence, address: "192.0.2.8" }, enQuality, "en")).toBe(
    "There: It goes through the relay 192.0.2.8",
  );
  expect(evidenceWords(evidence, enQuality, "en")).toBe("There: It goes through a relay");
});
