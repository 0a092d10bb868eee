/** A headline and what to do about it. */
export interface Words {
  readonly title: string;
  readonly text: string;
}
