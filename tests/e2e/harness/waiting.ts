/** Waits until `check` gives something; when the deadline passes, the error tells what was last seen. */
export async function eventually<T>(
  what: string,
  check: () => Promise<T | null | undefined | false>,
  describe: () => Promise<unknown> = () => Promise.resolve("nothing more is known"),
  deadline = Number(process.env["PARLEY_DEADLINE"] ?? 90_000),
): Promise<T> {
  const end = Date.now() + deadline;
  for (;;) {
    const result = await check();
    if (result !== null && result !== undefined && result !== false) {
      return result;
    }

    if (Date.now() > end) {
      throw new Error(
        `${what}: not within ${String(deadline)} ms. Seen last: ${JSON.stringify(await describe(), null, 1)}`,
      );
    }

    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
