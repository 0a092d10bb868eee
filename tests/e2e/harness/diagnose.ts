/**
 * Answers the request `diagnose` inside the page where the server does not know it (yet): a second late, so that a server which
 * does comes first, and a second answer to one request is dropped by Socket.IO.
 */
export function answerDiagnose(iceServers: readonly object[]): () => void {
  const servers = JSON.stringify(iceServers);
  // What is handed to a page is its text only: it brings the servers with it.
  return new Function(`(${standIn.toString()})(${servers})`) as () => void;
}

function standIn(iceServers: readonly object[]): void {
  const late = 1_000;
  let socket: WebSocket | undefined;
  const notice = (sent: unknown): void => {
    const id = typeof sent === "string" ? /(?:^|\x1e)42(\d+)\["diagnose"\]/.exec(sent)?.[1] : undefined;
    if (id === undefined) {
      return;
    }
    const data = `43${id}${JSON.stringify([{ status: "ready", iceServers, expires: 300 }])}`;
    setTimeout(() => socket?.dispatchEvent(new MessageEvent("message", { data })), late);
  };
  const Native = window.WebSocket;
  window.WebSocket = class extends Native {
    override send(data: string): void {
      // eslint-disable-next-line @typescript-eslint/no-this-alias -- the connection that Engine.IO has upgraded to
      socket = this;
      notice(data);
      super.send(data);
    }
  };
  const { send } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.send = function (this: XMLHttpRequest, body) {
    notice(body);
    send.call(this, body);
  };
}
