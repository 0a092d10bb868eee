import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];

/** How nginx treats WebSocket, besides the guide's way. */
const webSockets = {
  passed: (configuration) => configuration,
  refused: (configuration) =>
    configuration.replace(/proxy_pass .*$/mu, (line) => `if ($http_upgrade) { return 403; }\n    ${line}`),
  stripped: (configuration) => configuration.replace(/^.*proxy_set_header (?:Upgrade|Connection) .*\n/gmu, ""),
};

/** A real nginx with TLS on a free port of 127.0.0.1: one process, with a folder of its own, ended by its id. */
export class Nginx {
  constructor(url, process, folder) {
    this.url = url;
    this.process = process;
    this.folder = folder;
  }

  /**
   * @param {{ configuration: string, upstream: string, webSocket?: "passed" | "refused" | "stripped" }} options
   *   the guide's `configuration`; where it leads; and what becomes of WebSocket
   */
  static async start({ configuration, upstream, webSocket = "passed" }) {
    const folder = mkdtempSync(join(tmpdir(), "parley-nginx-"));
    makeCertificate(folder);
    // Between the choice of a port and its use another program may take it.
    for (let attempt = 1; ; attempt += 1) {
      const port = await freePort();
      const site = webSockets[webSocket](configuration)
        .replace("listen 443 ssl", `listen 127.0.0.1:${port} ssl`)
        .replace("server_name meet.example.org", "server_name meet.example.org localhost")
        .replace(/\/etc\/letsencrypt\/live\/meet\.example\.org/gu, folder)
        .replaceAll("http://127.0.0.1:8080", upstream);
      writeFileSync(join(folder, "nginx.conf"), around(site));
      const child = spawn("nginx", ["-p", folder, "-c", "nginx.conf", "-e", "stderr"], { stdio: ["ignore", "ignore", "pipe"] });
      let errors = "";
      child.stderr.on("data", (data) => (errors += data));
      if (await answers(child, port)) {
        return new Nginx(`https://localhost:${port}`, child, folder);
      }

      if (attempt === 3) {
        rmSync(folder, { recursive: true, force: true });
        throw new Error(`nginx did not start: ${errors}`);
      }
    }
  }

  async stop() {
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    if (this.process.exitCode === null && this.process.signalCode === null) {
      this.process.kill("SIGTERM");
      await ended;
    }

    rmSync(this.folder, { recursive: true, force: true });
  }
}

const around = (site) => `
daemon off;
master_process off;
pid nginx.pid;
error_log stderr error;
events { worker_connections 4096; }
http {
  access_log off;
  ${temporary.map((name) => `${name}_temp_path ${name};`).join("\n  ")}
${site}
}
`;

function makeCertificate(folder) {
  execFileSync(
    "openssl",
    [
      ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"],
      ...["-keyout", join(folder, "privkey.pem"), "-out", join(folder, "fullchain.pem")],
      ...["-subj", "/CN=meet.example.org", "-addext", "subjectAltName=DNS:meet.example.org,DNS:localhost,IP:127.0.0.1"],
    ],
    { stdio: "ignore" },
  );
}

function freePort() {
  return new Promise((resolve, reject) => {
    const listener = createServer();
    listener.once("error", reject);
    listener.listen(0, "127.0.0.1", () => {
      const { port } = listener.address();
      listener.close(() => resolve(port));
    });
  });
}

/** Whether it listens; false when it has ended instead. */
async function answers(child, port) {
  while (child.exitCode === null && child.signalCode === null) {
    const open = await new Promise((resolve) => {
      const socket = connect(port, "127.0.0.1");
      socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
      socket.once("connect", () => socket.destroy());
    });
    if (open) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }

  return false;
}
