import type { Participant } from "../harness/participant.js";
import { eventually } from "../harness/waiting.js";
import type { Lab } from "./lab.js";

/** In percent: a line on which people hang up. */
const lost = 15;

/**
 * Three people, one of whom has a line that loses packets: on the way up, then on the way down, then none any more. Everybody who
 * asks why it is bad is told so. Gives what the pages complained of.
 */
export async function loseOnOneLine(lab: Lab): Promise<readonly string[]> {
  await lab.stand("port-restricted", "port-restricted");
  const room = lab.newRoom();
  const people: Participant[] = [];
  try {
    const ada = await lab.join("a", "chromium", room, "Ada");
    people.push(ada);
    const grace = await lab.join("b", "firefox", room, "Grace");
    people.push(grace);
    const barbara = await lab.join("b", "chromium", room, "Barbara");
    people.push(barbara);
    await ada.waitForMedia("Grace", "Barbara");
    await grace.waitForMedia("Ada", "Barbara");
    await barbara.waitForMedia("Ada", "Grace");
    await ada.press("Participants");
    await ada.press("Your own connection");
    for (const person of [grace, barbara]) {
      await person.press("Participants");
      await person.press("Connection to Ada");
    }

    for (const way of ["up", "down"] as const) {
      await lab.internet.a.lose(lost, way);
      await waitForCulprit(ada, "My own connection", `my-${way}link`);
      await waitForCulprit(grace, "Connection to Ada", `their-${way}link`);
      await waitForCulprit(barbara, "Connection to Ada", `their-${way}link`);
      await lab.internet.a.lose(0, way);
      for (const person of people) {
        await waitForCulprit(person, person === ada ? "My own connection" : "Connection to Ada", "nothing");
      }
    }
    // Between the two who have nothing to do with it, nothing was lost.
    await grace.press("Connection to Barbara");
    await waitForCulprit(grace, "Connection to Barbara", "nothing");
    return people.flatMap((person) => person.errors);
  } finally {
    await Promise.all(people.map((person) => person.close()));
  }
}

/** Asks until the answer is this one: what is judged are the last seconds. */
async function waitForCulprit(person: Participant, about: string, culprit: string): Promise<void> {
  const answer = (): Promise<string | null> =>
    person.page.evaluate(() => {
      const [shown] = window.probe.all("[data-culprit]");
      return shown === undefined ? null : `${shown.getAttribute("data-culprit") ?? ""}: ${shown.textContent ?? ""}`;
    });
  await eventually(
    `${person.name} reads ${culprit}`,
    async () => {
      await person.pressIfShown(`Why is it bad? ${about}`);
      return (await answer())?.startsWith(`${culprit}:`);
    },
    answer,
  );
}
