import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parts } from "./guide.mjs";
import { run } from "./processes.mjs";

/** A certificate for this machine and its key, made as the guide says, in a folder of their own. */
export async function makeCertificate() {
  const folder = mkdtempSync(join(tmpdir(), "parley-coturn-"));
  for (const { program, args } of parts.get("TLS").preparations) {
    const made = await run(program, args, { cwd: folder });
    if (made.code !== 0) throw new Error(made.output);
  }
  return { folder, certificate: join(folder, "cert.pem"), key: join(folder, "key.pem") };
}
