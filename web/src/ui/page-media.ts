import { LocalMedia } from "../call/index.js";
import { permittedStorage } from "./permitted-storage.js";

/** The devices of whoever looks at this page. */
export function pageMedia(): LocalMedia {
  return new LocalMedia({
    mediaDevices: (navigator as { mediaDevices?: MediaDevices }).mediaDevices,
    permissions: (navigator as { permissions?: Permissions }).permissions,
    secure: isSecureContext,
    storage: permittedStorage(() => localStorage),
    smallCamera: matchMedia("(pointer: coarse) and (max-device-width: 820px)").matches,
  });
}
