type Construct = new (configuration?: RTCConfiguration) => RTCPeerConnection;

/**
 * Makes the browser's own connection. One ICE server that a browser does not take (Firefox knows no `stuns:`) makes it refuse
 * the whole configuration; then only the servers that it takes are used, since most people can meet without the others.
 */
export function createBrowserConnection(
  configuration: RTCConfiguration,
  Connection: Construct = RTCPeerConnection,
): RTCPeerConnection {
  try {
    return new Connection(configuration);
  } catch (error) {
    console.error("An ICE server of the configuration is refused by this browser and left out.", error);
    const iceServers = (configuration.iceServers ?? []).filter((server) => isTaken(server, Connection));
    return new Connection({ ...configuration, iceServers });
  }
}

function isTaken(server: RTCIceServer, Connection: Construct): boolean {
  try {
    new Connection({ iceServers: [server] }).close();
    return true;
  } catch {
    return false;
  }
}
