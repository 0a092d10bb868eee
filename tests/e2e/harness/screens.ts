import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { expectAccessible } from "./accessibility.js";
import { thorough } from "./breadth.js";
import type { Participant } from "./participant.js";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** How every screen is looked at: on a small phone in light, on a desktop in dark. (eng/gallery.sh does it in all combinations.) */
export const viewports = [
  { name: "360", width: 360, height: 740, theme: "light" },
  { name: "1280", width: 1280, height: 800, theme: "dark" },
] as const;

export interface PictureOptions {
  /** With what has to be scrolled to. */
  readonly whole?: boolean;
}

/** Expects a screen to be accessible and to fit at both widths, and takes its pictures. */
export async function inspect(participant: Participant, screen: string, options: PictureOptions = {}): Promise<void> {
  for (const { width, height, theme } of viewports) {
    await participant.page.setViewport({ width, height });
    await preferTheme(participant, theme);
    await participant.settle();
    await expectAccessible(participant, `${screen} at ${String(width)} px, ${theme}`);
    const overflow = await participant.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow, `${screen} at ${String(width)} px: pixels too wide`).toBeLessThanOrEqual(0);
  }
  await preferTheme(participant, null);
  await photograph(participant, screen, options);
}

/** Only Chromium lets the driver choose; a Firefox stays as it is. */
async function preferTheme({ kind, page }: Participant, theme: "light" | "dark" | null): Promise<void> {
  if (kind === "chromium") {
    await page.emulateMediaFeatures(theme === null ? [] : [{ name: "prefers-color-scheme", value: theme }]);
    if (theme !== null) {
      await page.waitForFunction((wanted) => matchMedia(`(prefers-color-scheme: ${wanted})`).matches, {}, theme);
    }
  }
}

/** Whether pictures are taken: a machine without a person to look at them has better things to do. */
const picturing = thorough || process.env["PARLEY_PICTURES"] !== undefined || process.env["UPDATE_DOCS"] === "1";

/**
 * Takes a picture of what a participant sees, at both widths, into `artifacts/screenshots`, where `PARLEY_PICTURES` is set. With
 * `UPDATE_DOCS=1` the one that the README shows is renewed as well.
 */
export async function photograph(
  participant: Participant,
  screen: string,
  { whole = false }: PictureOptions = {},
): Promise<void> {
  if (!picturing) {
    return;
  }
  const folder = join(root, "artifacts/screenshots");
  await mkdir(folder, { recursive: true });
  for (const { name, width, height } of viewports) {
    await participant.page.setViewport({ width, height });
    await participant.settle();
    if (whole) {
      // Not the document but something in it scrolls.
      const tallest = await participant.page.evaluate(() =>
        Math.max(...window.probe.all("*").map((element) => element.scrollHeight)),
      );
      await participant.page.setViewport({ width, height: Math.max(height, tallest) });
      await participant.settle();
    }
    await participant.page.screenshot({ path: join(folder, `${screen}-${name}.png`) as `${string}.png` });
    if (screen === "call" && name === "1280" && process.env["UPDATE_DOCS"] === "1") {
      await mkdir(join(root, "docs/images"), { recursive: true });
      await participant.page.screenshot({ path: join(root, "docs/images/call.png") as `${string}.png` });
    }
  }
}

/** Takes a picture of what a participant sees as it is, into `artifacts/screenshots`, where `PARLEY_PICTURES` is set. */
export async function snapshot(participant: Participant, screen: string): Promise<void> {
  if (!picturing) {
    return;
  }
  const folder = join(root, "artifacts/screenshots");
  await mkdir(folder, { recursive: true });
  await participant.page.screenshot({ path: join(folder, `${screen}.png`) as `${string}.png` });
}
