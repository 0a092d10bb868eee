/** See parley.mjs. */
export class Parley {
  readonly url: string;
  readonly output: string;
  static start(settings?: Record<string, string>): Promise<Parley>;
  stop(): Promise<void>;
}
