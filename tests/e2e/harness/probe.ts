/**
 * Runs in the page before its own code: keeps hold of the peer connections, so that a test can ask them what arrives, and finds
 * elements through open shadow roots, as a person's eye does.
 */
export interface Probe {
  connections: RTCPeerConnection[];
  all(selector: string): Element[];
  visible(element: Element): boolean;
  name(element: Element): string;
  button(name: string): HTMLElement | null;
  text(): string;
  received(): Promise<Received[]>;
}

/** What has arrived on one peer connection. */
export interface Received {
  readonly state: string;
  readonly framesDecoded: number;
  readonly audioEnergy: number;
}

declare global {
  interface Window {
    probe: Probe;
  }
}

export function installProbe(): void {
  const connections: RTCPeerConnection[] = [];
  const Native = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Native {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      connections.push(this);
    }
  };

  const all = (selector: string, root: Document | ShadowRoot = document): Element[] => {
    const found = [...root.querySelectorAll(selector)];
    for (const host of root.querySelectorAll("*")) {
      if (host.shadowRoot !== null) {
        found.push(...all(selector, host.shadowRoot));
      }
    }
    return found;
  };

  const visible = (element: Element): boolean => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && getComputedStyle(element).visibility !== "hidden";
  };

  const name = (element: Element): string =>
    (element.getAttribute("aria-label") ?? element.textContent ?? "").replace(/\s+/g, " ").trim();

  window.probe = {
    connections,
    all: (selector) => all(selector),
    visible,
    name,
    button: (wanted) =>
      all("button").find((b): b is HTMLElement => b instanceof HTMLElement && visible(b) && name(b) === wanted) ?? null,
    text: () => {
      const words: string[] = [];
      const walk = (node: Node): void => {
        if (node instanceof HTMLElement && (node.hidden || ["STYLE", "SCRIPT", "TEMPLATE"].includes(node.tagName))) {
          return;
        }
        if (node.nodeType === Node.TEXT_NODE) {
          words.push(node.textContent ?? "");
        }
        const root = node instanceof Element ? node.shadowRoot : null;
        for (const child of [...(root?.childNodes ?? []), ...node.childNodes]) {
          walk(child);
        }
      };
      walk(document.body);
      return words.join(" ").replace(/\s+/g, " ").trim();
    },
    received: async () => {
      const open = connections.filter((c) => c.connectionState !== "closed");
      return Promise.all(
        open.map(async (connection) => {
          let framesDecoded = 0;
          let audioEnergy = 0;
          for (const report of (await connection.getStats()).values() as Iterable<Record<string, unknown>>) {
            if (report["type"] === "inbound-rtp") {
              framesDecoded += Number(report["framesDecoded"] ?? 0);
              audioEnergy += Number(report["totalAudioEnergy"] ?? 0);
            }
          }
          return { state: connection.connectionState, framesDecoded, audioEnergy };
        }),
      );
    },
  };
}
