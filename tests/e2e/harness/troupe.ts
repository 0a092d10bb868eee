import { Browser, type BrowserKind, type BrowserOptions } from "./browsers.js";
import { Server } from "./server.js";

/**
 * Servers and browsers that outlive a spec file: whoever starts them anew for each file spends more processor time on starting
 * them than on the calls. Each page has a browsing context of its own, and each room is used once, so the files share nothing else.
 *
 * One for each worker process; see `isolate` in vitest.config.ts.
 */
class Troupe {
  readonly #browsers = new Map<string, Promise<Browser>>();
  readonly #servers = new Map<string, Promise<Server>>();
  #rooms = 0;

  /** A room that nobody has used. */
  newRoom(): string {
    this.#rooms += 1;
    return `room-${String(this.#rooms)}`;
  }

  /** The one with these settings, started when first asked for. */
  server(settings: Record<string, string> = {}): Promise<Server> {
    return kept(this.#servers, JSON.stringify(settings), () => Server.start(settings));
  }

  /** The one of this kind with these options, started when first asked for. */
  async browser(kind: BrowserKind, options: BrowserOptions = {}): Promise<Browser> {
    const key = `${kind} ${options.devices ?? "granted"}${options.bare === true && kind === "chromium" ? " bare" : ""}`;
    const browser = await kept(this.#browsers, key, () => Browser.launch(kind, options));
    if (browser.connected) {
      return browser;
    }
    this.#browsers.delete(key);
    return this.browser(kind, options);
  }
}

function kept<T>(all: Map<string, Promise<T>>, key: string, start: () => Promise<T>): Promise<T> {
  const found = all.get(key);
  if (found !== undefined) {
    return found;
  }
  const started = start();
  all.set(key, started);
  started.catch(() => all.delete(key));
  return started;
}

export const troupe = new Troupe();
