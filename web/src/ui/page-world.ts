import type { World } from "../call/index.js";

/** What this page hears of the world around it. */
export const pageWorld: World = (tell) => {
  const handleOnline = (): void => tell("online");
  const handleVisibility = (): void => tell(document.visibilityState === "visible" ? "visible" : "hidden");
  addEventListener("online", handleOnline);
  document.addEventListener("visibilitychange", handleVisibility);
  return () => {
    removeEventListener("online", handleOnline);
    document.removeEventListener("visibilitychange", handleVisibility);
  };
};
