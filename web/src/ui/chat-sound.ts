const key = "parley.chat-sound";

/** Whether this person wants to hear new messages; where nothing can be remembered: not. */
export function chatSoundWanted(): boolean {
  try {
    return localStorage.getItem(key) === "on";
  } catch {
    return false;
  }
}

export function rememberChatSound(wanted: boolean): void {
  try {
    if (wanted) localStorage.setItem(key, "on");
    else localStorage.removeItem(key);
  } catch {
    // Without storage it is off again at the next message.
  }
}
