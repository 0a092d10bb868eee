/** See nginx.mjs. */
export class Nginx {
  readonly url: string;
  static start(options: {
    configuration: string;
    upstream: string;
    webSocket?: "passed" | "refused" | "stripped";
  }): Promise<Nginx>;
  stop(): Promise<void>;
}
