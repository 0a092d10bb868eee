import { Agent, request as requestHttp } from "node:http";
import { Agent as SecureAgent, request as requestHttps } from "node:https";

const agents = { "http:": new Agent({ keepAlive: true, maxSockets: 20 }), "https:": new SecureAgent({ keepAlive: true, maxSockets: 20 }) };

/** A bare request. `from`: the address of 127.0.0.0/8 that it comes from; redirects are not followed. */
export function get(address, { headers = {}, from } = {}) {
  const url = new URL(address);
  const request = url.protocol === "https:" ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const options = {
      host: "127.0.0.1",
      port: url.port,
      path: url.pathname + url.search,
      headers: { Host: url.host, ...headers },
      localAddress: from,
      rejectUnauthorized: false,
      servername: "localhost",
      agent: agents[url.protocol],
    };
    request(options, (response) => {
      let body = "";
      response.setEncoding("utf8");
      response.on("data", (chunk) => (body += chunk));
      response.on("end", () => resolve({ status: response.statusCode, headers: response.headers, body }));
    })
      .once("error", reject)
      .end();
  });
}

export function closeAll() {
  Object.values(agents).forEach((agent) => agent.destroy());
}
