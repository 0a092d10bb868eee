/** Limits what a sender sends, in bits per second; Infinity: no limit. Best effort: a browser may refuse at any moment. */
export async function limitBitrate(sender: RTCRtpSender | undefined, bitsPerSecond: number): Promise<void> {
  if (!sender) return;
  const parameters = sender.getParameters();
  // Firefox has shown none before the first negotiation, whatever its types say.
  const [encoding] = (parameters.encodings as RTCRtpEncodingParameters[] | undefined) ?? [];
  if (!encoding || encoding.maxBitrate === limitOf(bitsPerSecond)) return;
  if (Number.isFinite(bitsPerSecond)) encoding.maxBitrate = bitsPerSecond;
  else delete encoding.maxBitrate;
  try {
    await sender.setParameters(parameters);
  } catch {
    // A negotiation came in between, or it ended: the next one tries again.
  }
}

function limitOf(bitsPerSecond: number): number | undefined {
  return Number.isFinite(bitsPerSecond) ? bitsPerSecond : undefined;
}
