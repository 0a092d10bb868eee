import { createServer, type Server as HttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Server } from "../harness/server.js";
import { useStage } from "../harness/stage.js";
import { eventually } from "../harness/waiting.js";

/** The website of somebody else: another origin, since "localhost" is another host than 127.0.0.1. */
class Website {
  private constructor(
    private readonly listener: HttpServer,
    readonly origin: string,
  ) {}

  static async start(): Promise<Website> {
    const listener = createServer((request, response) => {
      response.setHeader("Content-Type", "text/html; charset=utf-8");
      response.end(new URL(request.url ?? "/", "http://localhost").searchParams.get("page") ?? "");
    });
    await new Promise<void>((resolve) => listener.listen(0, "localhost", resolve));
    return new Website(listener, `http://localhost:${String((listener.address() as AddressInfo).port)}`);
  }

  /** The address of a page with this content. */
  page(content: string): string {
    return `${this.origin}/?page=${encodeURIComponent(`<!doctype html><title>Website</title>${content}`)}`;
  }

  async stop(): Promise<void> {
    this.listener.closeAllConnections();
    await new Promise((resolve) => this.listener.close(resolve));
  }
}

describe("a call in somebody else's page", () => {
  const stage = useStage({}, { bare: true });
  let website: Website;
  let stranger: Website;
  let server: Server;

  beforeAll(async () => {
    website = await Website.start();
    stranger = await Website.start();
    server = await Server.start({ "Parley:AllowedOrigins": website.origin, "Parley:FrameOrigins": website.origin });
  });

  afterAll(async () => {
    await server.stop();
    await website.stop();
    await stranger.stop();
  });

  const frame = (link: string): string =>
    `<iframe src="${link}" allow="camera; microphone; display-capture; autoplay" style="width: 100%; height: 600px"></iframe>`;
  const element = (room: string): string =>
    `<parley-call server="${server.url}/" room="${room}" name="Grace" autojoin style="height: 600px"></parley-call>
     <script type="module" src="${server.url}/parley-call.js"></script>`;

  it.each(["chromium", "firefox"] as const)("in a frame, with camera and microphone, in %s", async (kind) => {
    const room = `framed-${kind}`;
    const ada = await stage.open("chromium", server.link(room, "Ada"), "Ada");
    await ada.waitForButton("Leave");
    await stage.open(kind, website.page(frame(server.link(room, "Grace"))), "Grace");
    await ada.waitForMedia("Grace");
  });

  it.each(["chromium", "firefox"] as const)("as an element, with camera and microphone, in %s", async (kind) => {
    const room = `element-${kind}`;
    const ada = await stage.open("chromium", server.link(room, "Ada"), "Ada");
    await ada.waitForButton("Leave");
    const grace = await stage.open(kind, website.page(element(room)), "Grace");
    await ada.waitForMedia("Grace");
    await grace.waitForMedia("Ada");
  });

  it("in a frame of a page that nobody named, nothing is shown", async () => {
    const visitor = await stage.open("chromium", stranger.page(frame(server.link("refused", "Grace"))), "Grace");
    await eventually("the browser says that the frame is refused", () =>
      Promise.resolve(visitor.errors.some((error) => error.includes("frame-ancestors"))),
    );
  });

  it("as an element in a page that nobody named, it says that the server does not answer", async () => {
    const visitor = await stage.open("chromium", stranger.page(element("refused")), "Grace");
    await visitor.waitForText("does not answer");
    expect(visitor.errors.join("\n")).toContain("Access-Control-Allow-Origin");
  });
});
