/** All in bits per second. In a mesh the camera goes out once per participant, and they share one uplink. */
const uplink = 4_000_000;
const most = 1_200_000;
const least = 250_000;

/** The ceiling for the camera towards each of so many others; congestion control decides below it. */
export function cameraBitrate(others: number): number {
  return Math.min(most, Math.max(least, Math.floor(uplink / Math.max(1, others))));
}
