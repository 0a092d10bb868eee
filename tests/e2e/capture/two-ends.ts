import type { Page } from "puppeteer-core";

/** What one end of a connection calls itself in its ICE checks, and the password that proves them. */
export interface IceCredential {
  readonly ufrag: string;
  readonly password: string;
}

/**
 * Two ends of one connection in a page, which have nothing but the relay, open a data channel, and send a word there and back.
 * Afterwards both are closed, as a page does that is left.
 */
export function connectTwoEnds(page: Page, iceServers: RTCIceServer[]): Promise<IceCredential[]> {
  return page.evaluate(async (iceServers) => {
    const ends = [0, 1].map(() => new RTCPeerConnection({ iceServers, iceTransportPolicy: "relay" })) as [
      RTCPeerConnection,
      RTCPeerConnection,
    ];
    const [a, b] = ends;
    a.onicecandidate = ({ candidate }) => void b.addIceCandidate(candidate ?? undefined);
    b.onicecandidate = ({ candidate }) => void a.addIceCandidate(candidate ?? undefined);
    b.ondatachannel = ({ channel }) => {
      channel.onmessage = ({ data }: MessageEvent<string>) => channel.send(data);
    };
    const channel = a.createDataChannel("word");
    const heard = new Promise((resolve) => {
      channel.onopen = () => channel.send("hello");
      channel.onmessage = resolve;
    });
    await a.setLocalDescription();
    await b.setRemoteDescription(a.localDescription as RTCSessionDescription);
    await b.setLocalDescription();
    await a.setRemoteDescription(b.localDescription as RTCSessionDescription);
    await heard;
    const credentials = ends.map(({ localDescription }) => ({
      ufrag: /^a=ice-ufrag:(.*?)\r?$/mu.exec(localDescription?.sdp ?? "")?.[1] ?? "",
      password: /^a=ice-pwd:(.*?)\r?$/mu.exec(localDescription?.sdp ?? "")?.[1] ?? "",
    }));
    a.close();
    b.close();
    return credentials;
  }, iceServers);
}

/** Asks a STUN server for this browser's address, and ends. */
export function askForAddress(page: Page, urls: string): Promise<void> {
  return page.evaluate(async (urls) => {
    const connection = new RTCPeerConnection({ iceServers: [{ urls }] });
    const gathered = new Promise<void>((resolve) => {
      connection.onicegatheringstatechange = () => {
        if (connection.iceGatheringState === "complete") resolve();
      };
    });
    connection.createDataChannel("word");
    await connection.setLocalDescription();
    await gathered;
    connection.close();
  }, urls);
}
