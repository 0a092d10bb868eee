/** Numbers as people read them. */

const thin = "\u202f";
const minus = "\u2212";

/** Milliseconds since Join: "1 234 ms"; from ten minutes on "12:34". */
export function time(milliseconds: number): string {
  const rounded = Math.round(milliseconds);
  if (Math.abs(rounded) >= 600_000) {
    const seconds = Math.floor(Math.abs(rounded) / 1_000);
    return `${rounded < 0 ? minus : ""}${grouped(Math.floor(seconds / 60))}:${String(seconds % 60).padStart(2, "0")}${thin}min`;
  }
  return `${rounded < 0 ? minus : ""}${grouped(Math.abs(rounded))}${thin}ms`;
}

/** A round trip; what is too short for the browser's clock is not nothing. */
export function duration(milliseconds: number): string {
  return milliseconds < 1 ? `under 1${thin}ms` : `${grouped(Math.round(milliseconds))}${thin}ms`;
}

export function bytes(count: number): string {
  if (count < 1_000) return `${grouped(count)}${thin}B`;
  if (count < 1_000_000) return `${(count / 1_000).toFixed(0)}${thin}kB`;
  return `${(count / 1_000_000).toFixed(1)}${thin}MB`;
}

export function bitrate(bitsPerSecond: number): string {
  return bitsPerSecond < 1_000_000
    ? `${Math.round(bitsPerSecond / 1_000)}${thin}kbit/s`
    : `${(bitsPerSecond / 1_000_000).toFixed(1)}${thin}Mbit/s`;
}

/** An address with its port; that of IPv6 in brackets, as in a URL. */
export function endpoint(address: string, port: number | null): string {
  const host = address.includes(":") ? `[${address}]` : address;
  return port === null ? host : `${host}:${port}`;
}

/** Thousands apart, since digits are counted more easily in threes. */
function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, thin);
}
