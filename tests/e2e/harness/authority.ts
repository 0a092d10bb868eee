import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { isIPv4 } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const execute = promisify(execFile);
const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];

/** A certificate authority made on the fly, believed by those browsers only in which it is installed, with one certificate. */
export class Authority {
  private constructor(private readonly folder: string) {}

  /** With a certificate for these hosts: names, or addresses of IPv4. */
  static async create(names: readonly string[]): Promise<Authority> {
    const folder = await mkdtemp(join(tmpdir(), "parley-authority-"));
    const openssl = (...args: string[]): Promise<unknown> => execute("openssl", args, { cwd: folder });
    const days = ["-days", "30"];
    await openssl("req", "-x509", ...newKey, "-keyout", "ca.key", "-out", "ca.pem", ...days, "-subj", "/CN=Parley lab");
    await openssl("req", ...newKey, "-keyout", "server.key", "-out", "server.csr", "-subj", `/CN=${names[0] ?? ""}`);
    await writeFile(
      join(folder, "server.ext"),
      `subjectAltName=${names.map((name) => `${isIPv4(name) ? "IP" : "DNS"}:${name}`).join(",")}\nextendedKeyUsage=serverAuth\n`,
    );
    const signer = ["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial"];
    const request = ["-in", "server.csr", "-extfile", "server.ext", "-out", "server.pem"];
    await openssl("x509", "-req", ...signer, ...request, ...days);
    return new Authority(folder);
  }

  get certificate(): string {
    return join(this.folder, "server.pem");
  }

  get key(): string {
    return join(this.folder, "server.key");
  }

  /** Makes a browser believe it: `database` is Firefox's profile, or below its home Chromium's `.pki/nssdb`. */
  async install(database: string): Promise<void> {
    await mkdir(database, { recursive: true });
    const certutil = (...args: string[]): Promise<unknown> => execute("certutil", ["-d", `sql:${database}`, ...args]);
    await certutil("-N", "--empty-password");
    await certutil("-A", "-n", "Parley lab", "-t", "C,,", "-i", join(this.folder, "ca.pem"));
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}
