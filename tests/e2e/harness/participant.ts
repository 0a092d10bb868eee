import type { Page } from "puppeteer-core";
import type { Browser, BrowserKind } from "./browsers.js";
import { installProbe, type Pause, type Received, type Tile } from "./probe.js";
import { eventually } from "./waiting.js";

/**
 * What Firefox (ESR 153) prints as an error of the page when a page is reloaded or left while its WebSocket is open: a notice of
 * what the test did.
 */
const ofLeaving = /^(Error: )?The connection to wss?:\S+ was interrupted while the page was loading\.$/;

/** A person at a browser: does what a person can do, by the names a screen reader says. */
export class Participant {
  readonly errors: string[] = [];
  /** What the page noted and went on after. */
  readonly warnings: string[] = [];

  private constructor(
    readonly page: Page,
    readonly name: string,
    readonly kind: BrowserKind,
    private readonly original: Participant | null = null,
  ) {
    page.on("pageerror", (error) => this.errors.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error" && !ofLeaving.test(message.text())) {
        this.errors.push(message.text());
      } else if (message.type() === "warn") {
        this.warnings.push(message.text());
      }
    });
  }

  static async open(browser: Browser, url: string, name: string, before?: () => void): Promise<Participant> {
    const page = await browser.newPage();
    const participant = new Participant(page, name, browser.kind);
    await page.evaluateOnNewDocument(installProbe);
    if (before !== undefined) {
      await page.evaluateOnNewDocument(before);
    }

    await page.goto(url);
    return participant;
  }

  /** A tab opened by this one begins with a copy of its session storage (HTML, 7.2.2.1), as a duplicated one does. */
  async duplicate(name: string): Promise<Participant> {
    const [page] = await Promise.all([
      new Promise<Page>((resolve) => this.page.once("popup", (popup) => resolve(popup as Page))),
      this.page.evaluate(() => void open("about:blank")),
    ]);
    const participant = new Participant(page, name, this.kind, this);
    await page.setViewport(this.page.viewport());
    await page.evaluateOnNewDocument(installProbe);
    await page.goto(this.page.url().replace(/\?.*$/, ""));
    return participant;
  }

  /** Opens the link that skips the lobby, and waits until the call has begun. */
  static async join(browser: Browser, url: string, name: string, before?: () => void): Promise<Participant> {
    const participant = await Participant.open(browser, url, name, before);
    await participant.waitForButton("Leave");
    return participant;
  }

  async waitForButton(name: string): Promise<void> {
    await eventually(
      `${this.name} sees the button "${name}"`,
      () => this.page.evaluate((n) => window.probe.button(n) !== null, name),
      () => this.describe(),
    );
  }

  /** Presses a button, in the menu "More" if it stands there because the window is narrow. */
  async press(name: string): Promise<void> {
    await eventually(
      `${this.name} finds the button "${name}"`,
      () => this.reveal(name),
      () => this.describe(),
    );
    if (!(await this.pressIfShown(name))) {
      throw new Error(`${this.name} lost the button "${name}".`);
    }
  }

  /** Whether a button is there, and be it in the menu, which is opened then. */
  private async reveal(name: string): Promise<boolean> {
    const there = (n: string): Promise<boolean> => this.page.evaluate((b) => window.probe.button(b) !== null, n);
    if (await there(name)) {
      return true;
    }
    const closed = await this.page.evaluate(
      () => window.probe.button("More")?.getAttribute("aria-expanded") === "false",
    );
    if (!closed) {
      return false;
    }
    await this.pressIfShown("More");
    const found = await there(name);
    if (!found) {
      await this.pressIfShown("More");
    }
    return found;
  }

  async waitForNoButton(name: string): Promise<void> {
    await eventually(
      `${this.name} no longer sees the button "${name}"`,
      () => this.page.evaluate((n) => window.probe.button(n) === null, name),
      () => this.describe(),
    );
  }

  /** Presses a button if it is there now, and tells whether it was. */
  async pressIfShown(name: string): Promise<boolean> {
    const handle = await this.page.evaluateHandle(async (n) => {
      // A bar that has just got a button more moves the others from under the pointer.
      const place = (): string => JSON.stringify(window.probe.button(n)?.getBoundingClientRect() ?? null);
      for (let before = "", now = place(); now !== before && now !== "null"; now = place()) {
        before = now;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      return window.probe.button(n);
    }, name);
    const element = handle.asElement();
    await (element as unknown as { click(): Promise<void> } | null)?.click();
    await handle.dispose();
    return element !== null;
  }

  /** Replaces what a labelled text box holds, key by key. */
  async type(label: string, text: string): Promise<void> {
    await eventually(
      `${this.name} sees the text box "${label}"`,
      () => this.page.evaluate((l) => window.probe.textBox(l) !== null, label),
      () => this.describe(),
    );
    await this.page.evaluate((l) => {
      const box = window.probe.textBox(l);
      box?.focus();
      box?.select();
    }, label);
    await this.page.keyboard.type(text);
  }

  async valueOf(label: string): Promise<string | undefined> {
    return this.page.evaluate((l) => window.probe.textBox(l)?.value, label);
  }

  /** Chooses an option of a labelled list, once it is there. */
  async choose(label: string, option: string): Promise<void> {
    await eventually(
      `${this.name} finds "${option}" in "${label}"`,
      () =>
        this.page.evaluate(
          (l, o) => {
            const select = window.probe.select(l);
            const found = [...(select?.options ?? [])].find((each) => each.label === o);
            if (select === null || found === undefined) {
              return false;
            }
            select.value = found.value;
            select.dispatchEvent(new Event("change", { bubbles: true }));
            return true;
          },
          label,
          option,
        ),
      async () => ({ options: await this.options(label), page: await this.describe() }),
    );
  }

  async waitForChoice(label: string, option: string): Promise<void> {
    await eventually(
      `${this.name} sees "${option}" chosen in "${label}"`,
      () => this.page.evaluate((l, o) => window.probe.select(l)?.selectedOptions[0]?.label === o, label, option),
      async () => ({ options: await this.options(label), page: await this.describe() }),
    );
  }

  async options(label: string): Promise<string[]> {
    return this.page.evaluate((l) => [...(window.probe.select(l)?.options ?? [])].map((o) => o.label), label);
  }

  /** The accessible name of what has the focus, looked for through shadow roots. */
  async focused(): Promise<string> {
    return this.page.evaluate(() => {
      let active = document.activeElement;
      while (active?.shadowRoot?.activeElement != null) {
        active = active.shadowRoot.activeElement;
      }
      if (active instanceof HTMLInputElement || active instanceof HTMLTextAreaElement) {
        const label = active.labels?.[0];
        return label === undefined ? window.probe.name(active) : window.probe.name(label);
      }
      return active === null ? "" : window.probe.name(active);
    });
  }

  /** Presses Tab until something with this name has the focus. */
  async tabTo(name: string): Promise<void> {
    const passed: string[] = [];
    while (passed.length < 60) {
      const focused = await this.focused();
      if (focused === name) {
        return;
      }
      passed.push(focused);
      await this.page.keyboard.press("Tab");
    }
    throw new Error(`${this.name} cannot reach "${name}" with Tab. Passed: ${passed.join(" | ")}`);
  }

  /** Waits until the layout has come to rest: no running animation, two frames painted. */
  async settle(): Promise<void> {
    await this.page.evaluate(async () => {
      // What has just changed begins to fade with the next frame.
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      // Each shadow root tells of its own.
      const roots = window.probe.all("*").flatMap(({ shadowRoot }) => (shadowRoot === null ? [] : [shadowRoot]));
      const finite = [document, ...roots]
        .flatMap((root) => root.getAnimations())
        .filter((a) => a.effect?.getComputedTiming().endTime !== Infinity);
      await Promise.allSettled(finite.map((a) => a.finished));
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    });
  }

  /** Waits until the lobby's own video moves. */
  async waitForMovingPreview(): Promise<void> {
    const time = (): Promise<number> =>
      this.page.evaluate(() =>
        Math.max(
          0,
          ...window.probe
            .all("video")
            .map((v) => (v instanceof HTMLVideoElement && v.videoWidth > 0 ? v.currentTime : 0)),
        ),
      );
    await eventually(
      `${this.name} sees the own camera`,
      async () => {
        const before = await time();
        return before > 0 && (await time()) > before;
      },
      () => this.describe(),
    );
  }

  async waitForText(text: string | RegExp): Promise<void> {
    const pattern = typeof text === "string" ? text : text.source;
    const literal = typeof text === "string";
    await eventually(
      `${this.name} reads ${String(text)}`,
      () =>
        this.page.evaluate(
          (p, exact) => (exact ? window.probe.text().includes(p) : new RegExp(p, "i").test(window.probe.text())),
          pattern,
          literal,
        ),
      () => this.describe(),
    );
  }

  async waitForNoText(text: string): Promise<void> {
    await eventually(
      `${this.name} no longer reads ${text}`,
      async () => !(await this.page.evaluate((t) => window.probe.text().includes(t), text)),
      () => this.describe(),
    );
  }

  tiles(): Promise<Tile[]> {
    return this.page.evaluate(() => window.probe.tiles());
  }

  /** Waits until the tiles are as asked, and gives them. */
  async waitForTiles(what: string, check: (tiles: Tile[]) => boolean): Promise<Tile[]> {
    return eventually(
      `${this.name} sees ${what}`,
      async () => {
        const tiles = await this.tiles();
        return check(tiles) ? tiles : null;
      },
      () => this.describe(),
    );
  }

  async waitForPeople(...names: string[]): Promise<void> {
    await this.waitForTiles(`the tiles of ${names.join(", ") || "nobody"}`, (tiles) => {
      const seen = tiles.filter((t) => !t.screen).map((t) => t.name);
      return seen.length === names.length && names.every((n) => seen.includes(n));
    });
  }

  /** Waits until video frames of each of these people appear, and audible audio arrives from as many. */
  async waitForMedia(...names: string[]): Promise<void> {
    await this.waitForFrames(
      (t) => !t.screen && names.includes(t.name),
      names.length,
      `moving pictures of ${names.join(", ")}`,
    );
    const before = await this.received();
    await eventually(
      `${this.name} hears ${String(names.length)} people`,
      async () => {
        const after = await this.received();
        const heard = after.filter((now, i) => now.audioEnergy > (before[i]?.audioEnergy ?? 0));
        return after.length === names.length && heard.length === names.length;
      },
      () => this.describe(),
    );
    const silent = await this.page.evaluate(
      () => window.probe.all("audio").filter((a) => a instanceof HTMLMediaElement && a.paused).length,
    );
    if (silent > 0) {
      throw new Error(`${this.name} receives audio that is not played: ${JSON.stringify(await this.describe())}`);
    }
  }

  /** Waits until what arrives is silence. */
  async waitForSilence(): Promise<void> {
    await eventually(
      `${this.name} hears nobody`,
      async () => {
        const before = await this.received();
        await new Promise((resolve) => setTimeout(resolve, 500));
        const after = await this.received();
        return after.every((now, i) => now.audioEnergy - (before[i]?.audioEnergy ?? 0) < 1e-6);
      },
      () => this.describe(),
    );
  }

  /** Whether every camera that the page opened has been let go of. */
  async hasNoLiveCamera(): Promise<boolean> {
    return this.page.evaluate(() => window.probe.captured.every((t) => t.kind !== "video" || t.readyState === "ended"));
  }

  /** Does what the browser's own "Stop sharing" bar does: the tracks end without the page having asked for it. */
  async endCaptureFromBrowser(): Promise<void> {
    await this.page.evaluate(() => {
      for (const track of window.probe.screens) {
        track.stop();
        track.dispatchEvent(new Event("ended"));
      }
    });
  }

  /** Waits until as many tiles as asked decode new frames, and show them. */
  async waitForFrames(which: (tile: Tile) => boolean, count: number, what: string): Promise<void> {
    const before = (await this.tiles()).filter(which);
    await this.waitForTiles(what, (tiles) => {
      const now = tiles.filter(which);
      const moving = now.filter((t) => {
        const then = before.find((b) => b.name === t.name && b.screen === t.screen);
        return (
          t.playing &&
          t.frames > (then?.frames ?? 0) + 2 &&
          (this.kind === "firefox" || t.presented > (then?.presented ?? 0) + 2)
        );
      });
      return now.length === count && moving.length === count;
    });
  }

  /** From now on {@link pauses} measures whether pictures keep coming. */
  async watchFrames(): Promise<void> {
    await this.page.evaluate(() => window.probe.watchFrames());
  }

  async pauses(): Promise<Pause[]> {
    return this.page.evaluate(() => window.probe.pauses());
  }

  /** How many peer connections the page has ever made. */
  async connectionsMade(): Promise<number> {
    return this.page.evaluate(() => window.probe.connections.length);
  }

  /** The participant ids on this person's tiles, by name. */
  async ids(): Promise<Record<string, string>> {
    return Object.fromEntries((await this.tiles()).map((tile) => [tile.name, tile.id]));
  }

  async received(): Promise<Received[]> {
    return this.page.evaluate(() => window.probe.received());
  }

  /** Everything that helps to understand a failure. */
  async describe(): Promise<unknown> {
    return {
      participant: this.name,
      url: this.page.url(),
      tiles: await this.tiles(),
      received: await this.received(),
      text: (await this.page.evaluate(() => window.probe.text())).slice(0, 600),
      buttons: await this.page.evaluate(() =>
        window.probe
          .all("button")
          .filter((b) => window.probe.visible(b))
          .map((b) => window.probe.name(b)),
      ),
      errors: this.errors,
      warnings: this.warnings,
    };
  }

  async close(): Promise<void> {
    const context = this.page.browserContext();
    if (context.id === undefined) {
      // What a browser's windows share stays as long as the browser.
      await this.page.close();
    } else if (this.original === null) {
      // A duplicate lives in the browsing context of its original, which closes it.
      await context.close();
    }
  }
}
