import type { Journal } from "./journal.js";

/** Writes into `journal` what `connection` says of itself, until either is closed. Only listens, beside whoever else does. */
export function watchConnection(connection: RTCPeerConnection, journal: Journal): void {
  const transports = new Set<RTCDtlsTransport>();
  journal.open(connection);
  connection.addEventListener("signalingstatechange", () => {
    journal.add({ kind: "state", of: "signaling", state: connection.signalingState });
    // Made by descriptions: there is none before the first one, and BUNDLE leaves one of several.
    for (const transport of transportsOf(connection)) {
      if (!transports.has(transport)) watchTransport(transport, journal);
      transports.add(transport);
    }
  });
  connection.addEventListener("icegatheringstatechange", () => {
    journal.add({ kind: "state", of: "gathering", state: connection.iceGatheringState });
  });
  connection.addEventListener("iceconnectionstatechange", () => {
    journal.add({ kind: "state", of: "ice", state: connection.iceConnectionState });
  });
  connection.addEventListener("connectionstatechange", () => {
    journal.add({ kind: "state", of: "connection", state: connection.connectionState });
  });
  connection.addEventListener("track", ({ track }) => {
    // Muted until the first packet arrives (W3C WebRTC, section 5.3), and again whenever the sender pauses.
    const media = track.kind === "video" ? "video" : "audio";
    track.addEventListener("unmute", () => journal.add({ kind: "packet", media }), { once: true });
  });
}

export function watchChannel(channel: RTCDataChannel, journal: Journal): void {
  const tell = (): void => journal.add({ kind: "state", of: "channel", state: channel.readyState });
  // One that arrives from the other end may be open already.
  if (channel.readyState === "open") tell();
  channel.addEventListener("open", tell);
  channel.addEventListener("close", tell);
}

function watchTransport(transport: RTCDtlsTransport, journal: Journal): void {
  const tell = (): void => {
    // A transport that BUNDLE made superfluous is closed, which says nothing of the one that stays.
    if (transport.state !== "closed") journal.add({ kind: "state", of: "dtls", state: transport.state });
  };
  if (transport.state !== "new") tell();
  transport.addEventListener("statechange", tell);
  // Firefox (153) has neither.
  const { iceTransport } = transport as { readonly iceTransport?: Partial<RTCIceTransport> };
  iceTransport?.addEventListener?.("selectedcandidatepairchange", () => {
    const pair = iceTransport.getSelectedCandidatePair?.();
    if (pair) journal.add({ kind: "pair", local: pair.local.candidate, remote: pair.remote.candidate });
  });
}

function transportsOf(connection: RTCPeerConnection): RTCDtlsTransport[] {
  return connection
    .getTransceivers()
    .map(({ sender }) => sender.transport)
    .filter((transport) => transport != null);
}
