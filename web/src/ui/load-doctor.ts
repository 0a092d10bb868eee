/** Asked for in one place, because each place more would split what the element needs at once into more files. */
export function loadDoctor(): Promise<unknown> {
  return import("./doctor/doctor.js");
}
