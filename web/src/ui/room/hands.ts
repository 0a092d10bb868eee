/** A raised hand's place in the order of all, ready to read; null: it is not raised. */
export function handPlace(hand: number | null, everyone: readonly { readonly hand: number | null }[]): string | null {
  if (hand === null) return null;
  return String(1 + everyone.filter((other) => other.hand !== null && other.hand < hand).length);
}
