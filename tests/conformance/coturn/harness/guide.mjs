import { readFileSync } from "node:fs";

const guide = readFileSync(new URL("../../../../docs/guides/turn.md", import.meta.url), "utf8");
const [, section] = /^## Testing with coturn's tools\n(.*?)(?=^## |$(?![\s\S]))/msu.exec(guide);
const runsTurnOnly = "dotnet run --project samples/TurnOnly -- ";

/** The parts of the guide's section by their titles, as people will copy them: what to prepare, the server, and who talks to it. */
export const parts = new Map(
  section.split(/^### /mu).map((part) => {
    const all = [...part.matchAll(/^```sh\n(.*?)^```/gmsu)].flatMap(([, fence]) => commands(fence));
    const server = all.find(({ line }) => line.startsWith(runsTurnOnly));
    return [
      /^[^\n]*/u.exec(part)[0],
      {
        preparations: all.filter(({ line }) => !line.startsWith("turnutils_") && !line.startsWith(runsTurnOnly)),
        server: server && words(server.line.slice(runsTurnOnly.length)),
        clients: all.filter(({ line }) => line.startsWith("turnutils_")),
      },
    ];
  }),
);

function commands(fence) {
  return fence
    .replaceAll("\\\n", " ")
    .trim()
    .split("\n")
    .map((text) => {
      const [line, about] = text.split(/\s+# /u);
      const [program, ...args] = words(line);
      return { line, program, args, about };
    });
}

function words(line) {
  if (/["'$`|&;]/u.test(line)) throw new Error(`What a shell would make of this is not known here: ${line}`);
  return line.split(/\s+/u);
}
