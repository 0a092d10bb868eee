/** SHA-256 (FIPS 180-4) of some bytes; WebCrypto offers it to secure pages only, and not bit by bit. */
export type Digest = (bytes: Uint8Array<ArrayBuffer>) => Promise<ArrayBuffer>;

/**
 * The integrity of a file, block by block. WebCrypto has no hash that is fed over time, and a file of any size is never in
 * memory, so each block is hashed by itself and its hash goes into a running one:
 *
 * ```
 * chain(0)   = 32 bytes of zero
 * chain(n+1) = SHA-256(chain(n) ‖ SHA-256(block n))
 * ```
 *
 * The chain after a block stands for all bytes up to its end and for their order. Sender and receiver compare it after every
 * block, so what is damaged is found within one block, what was confirmed is known to be right, and a transfer goes on at
 * any confirmed block.
 */
export async function extend(
  chain: Uint8Array<ArrayBuffer>,
  block: Uint8Array<ArrayBuffer>,
  digest: Digest,
): Promise<Uint8Array<ArrayBuffer>> {
  const both = new Uint8Array(2 * digestLength);
  both.set(chain);
  both.set(new Uint8Array(await digest(block)), digestLength);
  return new Uint8Array(await digest(both));
}

/** In bytes. */
const digestLength = 32;

export const emptyChain: Uint8Array<ArrayBuffer> = new Uint8Array(digestLength);

export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Null on a page that is not secure. */
export function browserDigest(): Digest | null {
  const { subtle } = crypto as { readonly subtle?: SubtleCrypto };
  return subtle ? (bytes) => subtle.digest("SHA-256", bytes) : null;
}
