import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import puppeteer, {
  type Browser as PuppeteerBrowser,
  type BrowserContext,
  type CDPSession,
  type DownloadBehavior,
  type Page,
} from "puppeteer-core";
import { endWithUs } from "./leftovers.js";
import { VirtualScreen } from "./virtual-screen.js";

export type BrowserKind = "chromium" | "firefox";

/** A host that the browsers find on this machine, though its name does not say so: a server on the internet, as a page sees it. */
export const publicHost = "meet.example.org";

/** A network that is not this machine's, in which a browser is to run. */
export interface Surroundings {
  /** A program that runs the browser there, with the arguments it is given. */
  readonly program: string;
  /** Lets the browser, whose profile and home this folder is, believe the certificates of that network. */
  prepare(profile: string): Promise<void>;
}

export interface BrowserOptions {
  /** What happens when the page asks for camera and microphone; "asked": what {@link Browser.permit} says (Chromium only). */
  readonly devices?: "granted" | "denied" | "missing" | "asked";
  /**
   * Chromium without its own windows: the same engine, half the processor time for each page that is opened. Not where the
   * browser's own interface has a part: choosing a screen to share, asking for a permission, refusing one.
   */
  readonly bare?: boolean;
  readonly surroundings?: Surroundings;
  /** One person's windows, which share what they keep. Others are private ones, and those get little of the disk. */
  readonly shared?: boolean;
  /** Where downloads go, without being asked; by default there are none. */
  readonly downloads?: string;
}

/**
 * Debian's Chromium or Firefox with fake devices. Each page of a participant gets a browsing context of its own, so that two
 * people in one browser share nothing.
 */
export class Browser {
  private session: CDPSession | undefined;

  private constructor(
    readonly kind: BrowserKind,
    private readonly browser: PuppeteerBrowser,
    private readonly profile: string,
    private readonly screen: VirtualScreen,
    private readonly options: BrowserOptions,
    private readonly handleEnd: () => void,
  ) {}

  static async launch(kind: BrowserKind, options: BrowserOptions = {}): Promise<Browser> {
    const profile = await mkdtemp(join(tmpdir(), `parley-${kind}-`));
    await options.surroundings?.prepare(profile);
    const screen = await VirtualScreen.start();
    const browser = await (kind === "chromium" ? launchChromium : launchFirefox)(profile, screen, options);
    // A group of its own, with all its renderers.
    const handleEnd = endWithUs(-(browser.process()?.pid ?? 0));
    return new Browser(kind, browser, profile, screen, options, handleEnd);
  }

  /** Whether it still runs and answers. */
  get connected(): boolean {
    return this.browser.connected;
  }

  /** Of the first of its processes. */
  get pid(): number {
    return this.browser.process()?.pid ?? 0;
  }

  async newPage(width = 1280, height = 800): Promise<Page> {
    const page = await (await this.context()).newPage();
    await page.setViewport({ width, height });
    return page;
  }

  private async context(): Promise<BrowserContext> {
    const { shared = false, downloads } = this.options;
    // Firefox is told where by a preference.
    const behavior: DownloadBehavior | undefined =
      downloads === undefined || this.kind === "firefox" ? undefined : { policy: "allow", downloadPath: downloads };
    if (!shared) {
      return this.browser.createBrowserContext(behavior === undefined ? {} : { downloadBehavior: behavior });
    }
    const context = this.browser.defaultBrowserContext();
    if (behavior !== undefined) {
      this.session ??= await this.browser.target().createCDPSession();
      await this.session.send("Browser.setDownloadBehavior", { behavior: "allow", downloadPath: downloads ?? "" });
    }
    return context;
  }

  version(): Promise<string> {
    return this.browser.version();
  }

  /** Does what a person can do next to the address bar: gives a permission, or takes it away. */
  async permit(page: Page, device: "camera" | "microphone", setting: "granted" | "denied"): Promise<void> {
    // Chromium forgets what was set with the session that set it.
    this.session ??= await this.browser.target().createCDPSession();
    const { id } = page.browserContext();
    await this.session.send("Browser.setPermission", {
      permission: { name: device },
      setting,
      ...(id === undefined ? {} : { browserContextId: id }),
    });
  }

  /** Ends it as a crash does: nobody hears a word. */
  async kill(): Promise<void> {
    const process = this.browser.process();
    const ended = new Promise((resolve) => process?.once("exit", resolve));
    process?.kill("SIGKILL");
    await ended;
    await this.cleanUp();
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.cleanUp();
  }

  private async cleanUp(): Promise<void> {
    this.handleEnd();
    await this.screen.stop();
    await rm(this.profile, { recursive: true, force: true });
  }
}

/** See {@link endWithUs}. */
const ownEnd = { handleSIGHUP: false, handleSIGINT: false, handleSIGTERM: false };

function launchChromium(
  profile: string,
  screen: VirtualScreen,
  { devices = "granted", bare = false, surroundings }: BrowserOptions,
): Promise<PuppeteerBrowser> {
  return puppeteer.launch({
    ...ownEnd,
    executablePath: surroundings?.program ?? (bare ? "/usr/bin/chromium-headless-shell" : "/usr/bin/chromium"),
    // A port on a loopback address that is not ours could not be reached.
    pipe: surroundings !== undefined,
    acceptInsecureCerts: surroundings === undefined,
    userDataDir: profile,
    env: { ...process.env, DISPLAY: screen.display, ...(surroundings === undefined ? {} : { HOME: profile }) },
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      // insecure.test: a host that is not this one, as far as a browser knows; pages from there are not secure.
      ...(surroundings === undefined
        ? [`--host-resolver-rules=MAP ${publicHost} 127.0.0.1, MAP insecure.test 127.0.0.1`]
        : []),
      "--disable-features=WebRtcHideLocalIpsWithMdns",
      "--auto-select-desktop-capture-source=Entire screen",
      ...(devices === "missing" ? [] : ["--use-fake-device-for-media-stream=device-count=3"]),
      ...(devices === "asked" ? [] : [`--use-fake-ui-for-media-stream${devices === "denied" ? "=deny" : ""}`]),
    ],
  });
}

function launchFirefox(
  profile: string,
  screen: VirtualScreen,
  { devices = "granted", surroundings, downloads }: BrowserOptions,
): Promise<PuppeteerBrowser> {
  return puppeteer.launch({
    ...ownEnd,
    browser: "firefox",
    executablePath: surroundings?.program ?? "/usr/bin/firefox-esr",
    acceptInsecureCerts: surroundings === undefined,
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
      ...(surroundings === undefined ? { "network.dns.localDomains": publicHost } : {}),
      ...(downloads === undefined
        ? {}
        : {
            "browser.download.folderList": 2,
            "browser.download.dir": downloads,
            "browser.download.useDownloadDir": true,
            "browser.download.always_ask_before_handling_new_types": false,
          }),
      "network.captive-portal-service.enabled": false,
      "network.connectivity-service.enabled": false,
    },
  });
}
