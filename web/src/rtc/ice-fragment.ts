/** The user name fragment by which a description's ICE session is known (RFC 8839, section 5.4): another one is a restart. */
export function fragmentOf(sdp: string | undefined): string | undefined {
  return /^a=ice-ufrag:(\S+)/m.exec(sdp ?? "")?.[1];
}
