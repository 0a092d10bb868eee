/** So many messages go there and back, one after the other; the quickest counts, because only delays are added by chance. */
const messages = 5;

/**
 * Milliseconds for a message over `channel` and back, as `far` echoes it. Never resolves when nothing comes through: whoever
 * waits has a limit.
 */
export function roundTripOf(channel: RTCDataChannel, far: RTCPeerConnection): Promise<number> {
  far.addEventListener("datachannel", ({ channel: echo }) => {
    echo.addEventListener("message", ({ data }) => echo.send(String(data)));
  });
  return new Promise((resolve) => {
    let quickest = Infinity;
    let number = 0;
    let sentAt = 0;
    const send = (): void => {
      sentAt = performance.now();
      channel.send(String(number));
    };
    channel.addEventListener("open", send);
    channel.addEventListener("message", ({ data }) => {
      if (data !== String(number)) return;
      quickest = Math.min(quickest, performance.now() - sentAt);
      number += 1;
      if (number < messages) send();
      else resolve(quickest);
    });
  });
}
