import type { Exchange } from "../exchange/exchange.js";
import { type Case, type Diagnosis, diagnose, diagnoseSelf, lossNoticed, slow } from "./diagnosis.js";
import { type Digest, readDigest, writeDigest } from "./digest.js";
import { type Facts, factsOf } from "./facts.js";
import { type Mark, SteadyMark } from "./mark.js";
import { type Receiver, sendingPlan, soundBitrate, usualBudget } from "./plan.js";
import type { PairLink, QualityWorld, Told } from "./quality.js";
import { type Sample, sampleOf } from "./sample.js";
import { type Fingerprints, safetyCode } from "./safety-code.js";
import type { QualityState, ScreenContent } from "./state.js";
import { Uplink, cameraPauses, screenPauses } from "./uplink.js";

export interface WatchOptions {
  readonly world: QualityWorld;
  readonly exchange: Pick<Exchange, "post">;
  /** What the others have told; kept by who hears it. */
  readonly told: ReadonlyMap<string, Told>;
  readonly content: () => ScreenContent;
  readonly verified: () => QualityState["verified"];
  readonly onState: (part: Partial<QualityState>) => void;
  readonly onError: (error: unknown) => void;
}

/** How often each browser is asked (milliseconds), and how much is kept: two minutes. */
export const interval = 2_000;
const kept = 60;
/** Every so many samples the others are told how things are here. */
const digestEvery = 2;
/** What the others ask for is done so much later (milliseconds): who changes their mind all the time costs no more. */
const calm = 150;
/** Codes of so many people are remembered. */
const mostVerified = 64;

/** One connection as long as it is the one to its participant. */
interface Pair {
  readonly link: PairLink;
  readonly uplink: Uplink;
  readonly mark: SteadyMark;
  samples: readonly Sample[];
  report: ReadonlyMap<string, unknown> | null;
  facts: Facts | null;
  /** What the link was asked for last. */
  limits: string;
  /** What the other end was told last of what pauses. */
  paused: string;
}

/** Counts, decides and explains, as long as there is somebody to do it with. */
export class QualityWatch {
  readonly #options: WatchOptions;
  readonly #pairs = new Map<string, Pair>();
  /** The fingerprints for which the code was compared. */
  readonly #checked = new Map<string, string>();
  /** Runs while there is anybody. */
  #timer: ReturnType<typeof setInterval> | undefined;
  #soon: ReturnType<typeof setTimeout> | undefined;
  #ticks = 0;
  #marks: ReadonlyMap<string, Mark> = new Map();

  constructor(options: WatchOptions) {
    this.#options = options;
    this.handleChange();
  }

  handleChange(): void {
    this.#follow();
    if (this.#pairs.size === 0) return;
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined;
      this.#steer(false);
      this.#checkKeys();
    }, calm);
  }

  /** Somebody can be told something from now on. */
  handleReach(id: string): void {
    const pair = this.#pairs.get(id);
    if (pair) pair.paused = nothingPauses;
    this.handleChange();
  }

  history(participant: string): readonly Sample[] {
    return this.#pairs.get(participant)?.samples ?? [];
  }

  diagnose(participant: string | null): Diagnosis {
    if (participant !== null) return diagnose(this.#case(participant));
    return diagnoseSelf([...this.#pairs.keys()].map((id) => this.#case(id)));
  }

  code(participant: string): Promise<string | null> {
    const fingerprints = this.#fingerprints(participant);
    return fingerprints ? safetyCode(fingerprints) : Promise.resolve(null);
  }

  async verify(participant: string, code: string | null): Promise<void> {
    const fingerprints = this.#fingerprints(participant);
    if (!fingerprints || code === null || code !== (await safetyCode(fingerprints))) return;
    if (this.#checked.size >= mostVerified && !this.#checked.has(participant)) return;
    this.#checked.set(participant, keyOf(fingerprints));
    this.#options.onState({ verified: new Map(this.#options.verified()).set(participant, "verified") });
  }

  close(): void {
    clearInterval(this.#timer);
    clearTimeout(this.#soon);
    this.#timer = undefined;
    this.#soon = undefined;
  }

  async #tick(): Promise<void> {
    this.#follow();
    this.#ticks += 1;
    await Promise.all([...this.#pairs.values()].map((pair) => this.#sample(pair)));
    this.#tellMarks();
    this.#steer(true);
    this.#checkKeys();
    if (this.#ticks % digestEvery === 0) {
      for (const id of this.#pairs.keys())
        this.#options.exchange.post(id, "quality-digest", writeDigest(this.#digest(id)));
    }
  }

  #tellMarks(): void {
    const before = this.#marks;
    const marks = new Map([...this.#pairs].map(([id, { mark }]) => [id, mark.mark]));
    if (marks.size === before.size && [...marks].every(([id, mark]) => before.get(id) === mark)) return;
    this.#marks = marks;
    this.#options.onState({ marks });
  }

  /** Another connection to the same participant is another pair: what was counted on the old one says nothing of it. */
  #follow(): void {
    const links = this.#options.world.links();
    for (const id of [...this.#pairs.keys()]) if (!links.some((each) => each.id === id)) this.#pairs.delete(id);
    for (const { id, link } of links) {
      if (this.#pairs.get(id)?.link === link) continue;
      this.#pairs.set(id, {
        link,
        uplink: new Uplink(),
        mark: new SteadyMark(),
        samples: [],
        report: null,
        facts: null,
        limits: "",
        paused: nothingPauses,
      });
    }
    if (this.#pairs.size === 0) this.close();
    else this.#timer ??= setInterval(() => void this.#tick(), interval);
  }

  async #sample(pair: Pair): Promise<void> {
    const { path } = pair.link;
    if (path !== "connected" && path !== "interrupted") return;
    try {
      const report = (await pair.link.stats()) as ReadonlyMap<string, unknown>;
      const sample = sampleOf(pair.report, report, pair.link.flows);
      pair.report = report;
      if (!sample) return;
      pair.samples = [...pair.samples, sample].slice(-kept);
      pair.facts = factsOf(pair.samples);
      pair.mark.handle(pair.facts);
      pair.uplink.handle(pair.facts, sample.timestamp, this.#options.world.sending().screen);
    } catch (error) {
      // Closed while the browser was counting.
      this.#options.onError(error);
    }
  }

  /** `again`: also what was asked for already, because the browser may have refused it. */
  #steer(again: boolean): void {
    const { world, told, content, exchange } = this.#options;
    const { camera, screen } = world.sending();
    const receivers: Receiver[] = [...this.#pairs].map(([id, { uplink }]) => ({
      id,
      shown: told.get(id)?.shown ?? null,
      level: uplink.level,
    }));
    const plan = sendingPlan(receivers, { camera, screen, content: content(), budget: this.#budget() });
    for (const [id, pair] of this.#pairs) {
      const limits = plan.get(id);
      if (!limits) continue;
      const asked = JSON.stringify(limits);
      if (again || asked !== pair.limits) {
        pair.limits = asked;
        pair.link.limit("camera", limits.camera);
        pair.link.limit("screen", limits.screen);
      }
      const { level } = pair.uplink;
      const paused = { paused: camera && level >= cameraPauses, screen: screen && level >= screenPauses };
      const news = JSON.stringify(paused);
      if (news !== pair.paused && exchange.post(id, "quality-paused", paused)) pair.paused = news;
    }
  }

  /** What congestion control leaves counts only while something is wrong: before, it has not been tried. */
  #budget(): number {
    const pairs = [...this.#pairs.values()];
    if (pairs.every(({ uplink }) => uplink.level === 0)) return usualBudget;
    const left = pairs.map(({ facts }) => {
      const available = facts?.availableOutgoingBitrate ?? null;
      return available === null ? usualBudget / pairs.length : Math.max(0, available - soundBitrate);
    });
    return Math.min(
      usualBudget,
      left.reduce((sum, each) => sum + each, 0),
    );
  }

  #digest(id: string): Digest {
    const { facts } = this.#pairs.get(id) ?? {};
    return {
      ...(facts ?? factsOf([])),
      microphone: this.#options.world.microphone(),
      ...this.#others(id),
    };
  }

  /** How things are with everybody but one. */
  #others(id: string): Pick<Digest, "others" | "othersLosingSent" | "othersLosingReceived"> {
    const others = [...this.#pairs].flatMap(([other, { facts }]) => (other === id || !facts ? [] : [facts]));
    return {
      others: others.length,
      othersLosingSent: others.filter(({ lostSent }) => (lostSent ?? 0) >= lossNoticed).length,
      othersLosingReceived: others.filter(({ lostReceived }) => (lostReceived ?? 0) >= lossNoticed).length,
    };
  }

  /** How things are with everybody but one who is reached without the own relay. */
  #beside(id: string): Case["beside"] {
    const beside = [...this.#pairs].flatMap(([other, { facts, samples }]) =>
      other === id || !facts || samples.at(-1)?.relay?.at === "here" ? [] : [facts],
    );
    return {
      others: beside.length,
      losingSent: beside.filter(({ lostSent }) => (lostSent ?? 0) >= lossNoticed).length,
      losingReceived: beside.filter(({ lostReceived }) => (lostReceived ?? 0) >= lossNoticed).length,
      slow: beside.filter(({ roundTripTime }) => (roundTripTime ?? 0) >= slow).length,
    };
  }

  #case(id: string): Case {
    const { samples, facts } = this.#pairs.get(id) ?? {};
    const digest = this.#options.told.get(id)?.digest;
    return {
      mine: facts ?? null,
      theirs: digest ? readDigest(digest) : null,
      relay: samples?.at(-1)?.relay ?? null,
      microphone: this.#options.world.microphone(),
      ...this.#others(id),
      beside: this.#beside(id),
    };
  }

  #fingerprints(participant: string): Fingerprints | null {
    return this.#pairs.get(participant)?.link.fingerprints ?? null;
  }

  #checkKeys(): void {
    const { verified, onState } = this.#options;
    const changed = [...this.#checked].filter(([id, checked]) => {
      const fingerprints = this.#fingerprints(id);
      return fingerprints && keyOf(fingerprints) !== checked && verified().get(id) === "verified";
    });
    if (changed.length === 0) return;
    onState({ verified: new Map([...verified(), ...changed.map(([id]) => [id, "changed"] as const)]) });
  }
}

/** What everybody takes for true who was told nothing. */
const nothingPauses = JSON.stringify({ paused: false, screen: false });

function keyOf({ own, other }: Fingerprints): string {
  return JSON.stringify([own, other]);
}
