import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "./processes.mjs";

/** A certificate for this machine, and its key, in a folder of their own. */
export async function makeCertificate() {
  const folder = mkdtempSync(join(tmpdir(), "parley-coturn-"));
  const certificate = join(folder, "cert.pem");
  const key = join(folder, "key.pem");
  const made = await run("openssl", [
    ..."req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost".split(" "),
    ..."-addext subjectAltName=IP:127.0.0.1,IP:::1 -keyout".split(" "),
    ...[key, "-out", certificate],
  ]);
  if (made.code !== 0) throw new Error(made.output);
  return { folder, certificate, key };
}
