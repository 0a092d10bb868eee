/** Numbers as people read them. */
import { localeOf } from "./strings/in-words.js";
import type { Language } from "./strings/languages.js";

const thin = "\u202f";
const minus = "\u2212";

/** Milliseconds since Join: "1 234 ms"; from ten minutes on "12:34". */
export function time(milliseconds: number, language: Language = "en"): string {
  const rounded = Math.round(milliseconds);
  const sign = rounded < 0 ? minus : "";
  if (Math.abs(rounded) >= 600_000) {
    const seconds = Math.floor(Math.abs(rounded) / 1_000);
    return `${sign}${grouped(Math.floor(seconds / 60), language)}:${String(seconds % 60).padStart(2, "0")}${thin}min`;
  }
  return `${sign}${grouped(Math.abs(rounded), language)}${thin}ms`;
}

/** A round trip; what is too short for the browser's clock is not nothing. */
export function duration(milliseconds: number, language: Language = "en"): string {
  const under = language === "en" ? "under 1" : `<${thin}1`;
  return milliseconds < 1 ? `${under}${thin}ms` : `${grouped(Math.round(milliseconds), language)}${thin}ms`;
}

export function bytes(count: number, language: Language = "en"): string {
  if (count < 1_000) return `${grouped(count, language)}${thin}B`;
  if (count < 1_000_000) return `${grouped(count / 1_000, language)}${thin}kB`;
  if (count < 1_000_000_000) return `${grouped(count / 1_000_000, language, 1)}${thin}MB`;
  return `${grouped(count / 1_000_000_000, language, 2)}${thin}GB`;
}

export function bitrate(bitsPerSecond: number, language: Language = "en"): string {
  return bitsPerSecond < 1_000_000
    ? `${grouped(bitsPerSecond / 1_000, language)}${thin}kbit/s`
    : `${grouped(bitsPerSecond / 1_000_000, language, 1)}${thin}Mbit/s`;
}

/** An address with its port; that of IPv6 in brackets, as in a URL. */
export function endpoint(address: string, port: number | null): string {
  const host = address.includes(":") ? `[${address}]` : address;
  return port === null ? host : `${host}:${port}`;
}

/** With the decimal sign of the language; thousands apart by a space in all of them (ISO 80000-1), since "1.234" is one or a thousand. */
function grouped(count: number, language: Language, decimals = 0): string {
  const format = new Intl.NumberFormat(localeOf(language), {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    useGrouping: "always",
  });
  return format.formatToParts(count).reduce((text, { type, value }) => text + (type === "group" ? thin : value), "");
}
