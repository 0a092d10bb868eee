/** How long the browser may take to begin to read (milliseconds); once it has begun, it reads to the end. */
const patience = 120_000;

/** Hands a file over to the browser's downloads. */
export function save(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), patience);
}
