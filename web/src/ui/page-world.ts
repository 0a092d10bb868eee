import type { World } from "../call/index.js";

/** The part of `navigator.connection` (W3C Network Information) that is looked at; most browsers on desktops have none of it. */
interface NetworkInformation extends EventTarget {
  /** "wifi", "cellular", "none"...; undefined where it is not told. */
  readonly type?: string;
}

/** What this page hears of the world around it. */
export const pageWorld: World = (tell) => {
  const { connection } = navigator as { connection?: NetworkInformation };
  let type = connection?.type;
  const handleOnline = (): void => tell("online");
  const handleVisibility = (): void => tell(document.visibilityState === "visible" ? "visible" : "hidden");
  const handleNetwork = (): void => {
    // The event also comes with every new guess of the bandwidth.
    if (connection?.type === type) return;
    type = connection?.type;
    if (type !== undefined && type !== "none") tell("moved");
  };
  addEventListener("online", handleOnline);
  document.addEventListener("visibilitychange", handleVisibility);
  connection?.addEventListener("change", handleNetwork);
  return () => {
    removeEventListener("online", handleOnline);
    document.removeEventListener("visibilitychange", handleVisibility);
    connection?.removeEventListener("change", handleNetwork);
  };
};
