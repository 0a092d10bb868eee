const columns = [
  ["", 8, (s) => s.label],
  ["RSS MB", 7, (s) => mega(s.rss)],
  ["heap MB", 8, (s) => mega(s.heap)],
  ["alloc MB/s", 11, (s) => (s.seconds ? ((s.allocated - s.before.allocated) / s.seconds / 1e6).toFixed(1) : "")],
  ["CPU s", 7, (s) => s.cpu.toFixed(1)],
  ["CPU %", 6, (s) => (s.seconds ? (((s.cpu - s.before.cpu) / s.seconds) * 100).toFixed(0) : "")],
  ["rooms", 6, (s) => s.rooms],
  ["people", 7, (s) => s.participants],
  ["away", 5, (s) => s.away],
  ["connections", 12, (s) => s.connections],
  ["admitted", 9, (s) => s.admitted],
  ["returned", 9, (s) => s.returned],
  ["relays", 9, (s) => s.relays],
  ["relays/s", 9, (s) => (s.seconds ? ((s.relays - s.before.relays) / s.seconds).toFixed(0) : "")],
  ["threads", 8, (s) => s.threads],
  ["files", 6, (s) => s.descriptors],
];

export const headings = () => columns.map(([name, width]) => name.padStart(width)).join(" ");

/** One line of the table; rates are those since the sample before. */
export const row = (label, sample, before, seconds) =>
  columns.map(([, width, value]) => String(value({ ...sample, label, before, seconds })).padStart(width)).join(" ");

/** What stands below the table. */
export function printFigures({ world, idle, busy, full, left, seconds, lag }) {
  const { counts, times, problems } = world;
  console.log(`
CPU of the server: ${(left.cpu - idle.cpu).toFixed(1)} s, ${(((busy.cpu - idle.cpu) / seconds) * 100).toFixed(0)} % of one core while busy
heap in use: ${mega(idle.heap)} MB idle, ${mega(full.heap)} MB with ${full.participants} people (${((full.heap - idle.heap) / full.participants / 1e3).toFixed(0)} kB each), ${mega(left.heap)} MB when all are gone
joins: ${left.joins} (${left.admitted} admitted, ${left.returned} returned)
relays: ${left.relays} (${left.delivered} delivered)
Engine.IO packets: ${left.received} received, ${left.sent} sent
answer to join: ${quantiles(times.join)}
answer to everything else: ${quantiles(times.request)}
event loop of the clients late by: median ${ms(lag.percentile(50) / 1e6)}, 99 % ${ms(lag.percentile(99) / 1e6)}, most ${ms(lag.max / 1e6)}
`);
  for (const [what, count] of [...counts].sort()) {
    console.log(`${String(count).padStart(9)}  ${what}`);
  }

  console.log(problems.length === 0 ? "\nNothing was wrong, nothing is left behind." : `\n${problems.length} things were wrong.`);
}

function quantiles(values) {
  const sorted = Float64Array.from(values).sort();
  const at = (part) => ms(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0);
  return `median ${at(0.5)}, 99 % ${at(0.99)}, most ${at(1)}`;
}

const mega = (bytes) => (bytes / 1e6).toFixed(0);

const ms = (milliseconds) => `${milliseconds.toFixed(1)} ms`;
