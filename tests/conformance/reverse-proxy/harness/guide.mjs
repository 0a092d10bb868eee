import { readFileSync } from "node:fs";

const guide = new URL("../../../../docs/guides/on-the-internet.md", import.meta.url);

/** The nginx configurations of the guide, as people will copy them: what they promise is what these tests try. */
const [site, stripped, left] = [...readFileSync(guide, "utf8").matchAll(/^```nginx\n(.*?)^```/gmsu)].map((fence) => fence[1]);

const location = /^ {2}location \/ \{.*?^ {2}\}\n/msu;

/** What the guide offers: a host of its own, a path that the proxy takes away, and one that it leaves. */
export const layouts = {
  "a host of its own": { path: "", configuration: site, settings: {} },
  "a path that nginx takes away": { path: "/parley", configuration: site.replace(location, stripped), settings: {} },
  "a path that nginx leaves": {
    path: "/parley",
    configuration: site.replace(location, left),
    settings: { "Parley:PathBase": "/parley" },
  },
};
