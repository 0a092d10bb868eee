import { describe, expect, it } from "vitest";
import { layouts } from "./harness/guide.mjs";
import { connects, useStage } from "./harness/stage.mjs";

const layout = layouts["a host of its own"];
const transports = [["polling"], ["websocket"]];
const byForwardedHost = (configuration) =>
  configuration.replace("proxy_set_header Host $http_host", "proxy_set_header X-Forwarded-Host $http_host");

describe("origins, as the guide configures nginx", () => {
  const stage = useStage(layout);

  it.each(transports)("the page's own origin may connect by %s", async (transport) => {
    expect(await connects(stage.connect({ transports: [transport] }))).toBe(true);
  });

  it.each(transports)("foreign origins may not, by %s", async (transport) => {
    for (const Origin of ["https://stranger.example", "http://127.0.0.1:8080", `${stage.nginx.url}1`, stage.nginx.url.replace("https", "http"), "null", stage.parley.url]) {
      expect(await connects(stage.connect({ transports: [transport], extraHeaders: { Origin } })), Origin).toBe(false);
    }
  });
});

describe("origins, where nginx tells the host as X-Forwarded-Host only", () => {
  const stage = useStage(layout, { edit: byForwardedHost });

  it.each(transports)("the page's own origin may connect by %s", async (transport) => {
    expect(await connects(stage.connect({ transports: [transport] }))).toBe(true);
    expect(await connects(stage.connect({ transports: [transport], extraHeaders: { Origin: stage.parley.url } }))).toBe(false);
  });
});

describe("origins, where nginx is not among the proxies", () => {
  const stage = useStage(layout, { edit: byForwardedHost, settings: { "Parley:Proxies": "192.0.2.1" } });

  it("the host that it tells is not believed, and the log says what to do", async () => {
    expect(await connects(stage.connect({ transports: ["polling"] }))).toBe(false);
    await stage.parley.said(/X-Forwarded-For came from loopback.*set Parley:Proxies=loopback/u);
    await stage.parley.said(/A page of "https:\/\/localhost:\d+" was refused.*names "127\.0\.0\.1:\d+"/u);
    expect(await connects(stage.connect({ transports: ["polling"] }))).toBe(false);
    expect(stage.parley.output.match(/ warn: /gu)?.length).toBe(2);
  });
});
