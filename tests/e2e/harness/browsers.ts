import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import puppeteer, { type Browser as PuppeteerBrowser, type Page } from "puppeteer-core";
import { VirtualScreen } from "./virtual-screen.js";

export type BrowserKind = "chromium" | "firefox";

export interface BrowserOptions {
  /** What happens when the page asks for camera and microphone. */
  readonly devices?: "granted" | "denied" | "missing";
}

/**
 * Debian's Chromium or Firefox with fake devices. Each page of a participant gets a browsing context of its own, so that two
 * people in one browser share nothing.
 */
export class Browser {
  private constructor(
    readonly kind: BrowserKind,
    private readonly browser: PuppeteerBrowser,
    private readonly profile: string,
    private readonly screen: VirtualScreen,
  ) {}

  static async launch(kind: BrowserKind, options: BrowserOptions = {}): Promise<Browser> {
    const profile = await mkdtemp(join(tmpdir(), `parley-${kind}-`));
    const screen = await VirtualScreen.start();
    const browser = await (kind === "chromium" ? launchChromium : launchFirefox)(profile, screen, options);
    return new Browser(kind, browser, profile, screen);
  }

  async newPage(width = 1280, height = 800): Promise<Page> {
    const context = await this.browser.createBrowserContext();
    const page = await context.newPage();
    await page.setViewport({ width, height });
    return page;
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.screen.stop();
    await rm(this.profile, { recursive: true, force: true });
  }
}

function launchChromium(
  profile: string,
  screen: VirtualScreen,
  { devices = "granted" }: BrowserOptions,
): Promise<PuppeteerBrowser> {
  return puppeteer.launch({
    executablePath: "/usr/bin/chromium",
    userDataDir: profile,
    env: { ...process.env, DISPLAY: screen.display },
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--disable-features=WebRtcHideLocalIpsWithMdns",
      "--auto-select-desktop-capture-source=Entire screen",
      ...(devices === "missing" ? [] : ["--use-fake-device-for-media-stream"]),
      devices === "denied" ? "--use-fake-ui-for-media-stream=deny" : "--use-fake-ui-for-media-stream",
    ],
  });
}

function launchFirefox(
  profile: string,
  screen: VirtualScreen,
  { devices = "granted" }: BrowserOptions,
): Promise<PuppeteerBrowser> {
  return puppeteer.launch({
    browser: "firefox",
    executablePath: "/usr/bin/firefox-esr",
    userDataDir: profile,
    env: { ...process.env, DISPLAY: screen.display },
    extraPrefsFirefox: {
      "media.navigator.streams.fake": devices !== "missing",
      // Without this the permission prompt waits for a person.
      "media.navigator.permission.disabled": devices !== "denied",
      "permissions.default.camera": devices === "denied" ? 2 : 1,
      "permissions.default.microphone": devices === "denied" ? 2 : 1,
      // The test machine has no network that could resolve mDNS names.
      "media.peerconnection.ice.obfuscate_host_addresses": false,
      "media.peerconnection.ice.loopback": true,
      "network.captive-portal-service.enabled": false,
      "network.connectivity-service.enabled": false,
    },
  });
}
