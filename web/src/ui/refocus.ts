/**
 * After something was pressed that is gone now, the focus with it: gives it to what `next` finds, so that who works by keyboard goes on
 * from there; where that finds nothing that is still shown, `otherwise` has to know. Does nothing while anything has the focus.
 */
export async function refocus(next: () => HTMLElement | null | undefined, otherwise?: () => void): Promise<void> {
  await new Promise(requestAnimationFrame);
  const { activeElement } = document;
  if (activeElement !== null && activeElement !== document.body) return;
  const target = next();
  if (target?.isConnected === true) target.focus({ preventScroll: true });
  else otherwise?.();
}
