/**
 * By code points, as PostgreSQL's COLLATE "C" orders UTF-8, so that ties break the same way in memory and in SQL; `<`
 * compares UTF-16 units, which puts emoji before U+E000 and up.
 */
function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const left = a.charCodeAt(at);
    const right = b.charCodeAt(at);
    if (left !== right) return unitRank(left) - unitRank(right);
  }
  return a.length - b.length;
}

/** Surrogates encode code points above all others. */
function unitRank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

export type Sortable = string | number | Date | null;

/** The first difference between two rows with the same columns; null sorts below everything. */
export function compareRows(a: readonly Sortable[], b: readonly Sortable[]): number {
  for (const [at, left] of a.entries()) {
    const order = compareValues(left, b[at] ?? null);
    if (order !== 0) return order;
  }
  return 0;
}

function compareValues(a: Sortable, b: Sortable): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null);
  if (typeof a === "string" && typeof b === "string") return compareText(a, b);
  return Number(a) - Number(b);
}
