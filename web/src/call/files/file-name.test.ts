import { describe, expect, test } from "vitest";
import { safeFileName } from "./file-name.js";

describe("a file's name", () => {
  test.each([
    ["report.pdf", "report.pdf"],
    ["Übersicht 2026 (Entwurf).odt", "Übersicht 2026 (Entwurf).odt"],
    ["كشف حساب.pdf", "كشف حساب.pdf"],
    ["写真 1.jpg", "写真 1.jpg"],
    ["👩‍👩‍👧.png", "👩‍👩‍👧.png"],
  ])("%s stays as it is", (name, safe) => expect(safeFileName(name)).toBe(safe));

  test.each([
    ["turned around", "holiday\u202egpj.exe", "holidaygpj.exe"],
    ["isolated", "a\u2066b\u2069c.txt", "abc.txt"],
    ["with marks of direction", "\u200ea\u200fb\u061c.txt", "ab.txt"],
    ["with what nobody sees", "a\u200bb\ufeffc\u00add\u2060.txt", "ab cd.txt"],
    ["with control characters", "a\u0000b\u001b[31m.txt", "ab[31m.txt"],
    ["over several lines", "invoice.pdf\n\n\u2028.exe", "invoice.pdf .exe"],
    ["with its end out of sight", `invoice.pdf${" ".repeat(200)}.exe`, "invoice.pdf .exe"],
    ["that is a path", "../../etc/passwd", "_.._etc_passwd"],
    ["that is a path of Windows", "C:\\Windows\\system.ini", "C__Windows_system.ini"],
    ["with a stream", "a.txt:b.exe", "a.txt_b.exe"],
    ["hidden", ".bashrc", "bashrc"],
    ["of a device", "con.txt", "_con.txt"],
    ["of a device, alone", "NUL", "_NUL"],
    ["with dots and spaces at its end", "virus.exe. . .", "virus.exe"],
    ["with half a character", "a\ud800b.txt", "ab.txt"],
    ["of nothing but dots", "...", "file"],
    ["empty", "", "file"],
    ["invisible", "\u202e\u200b", "file"],
  ])("%s is made harmless", (_, name, safe) => expect(safeFileName(name)).toBe(safe));

  test("that is long loses its middle and keeps its end", () => {
    const safe = safeFileName(`${"a".repeat(240)}.pdf.exe`);
    expect(safe.length).toBeLessThanOrEqual(120);
    expect(safe).toMatch(/^a+…a+\.pdf\.exe$/);
  });

  test("is safe also when it is made safe again", () => {
    for (const name of ["a\u202eb.txt", "x".repeat(255), ". .a. .", "con", "ab\\c"]) {
      expect(safeFileName(safeFileName(name))).toBe(safeFileName(name));
    }
  });
});
