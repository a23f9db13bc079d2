interface Scale {
  /** The value at the upper edge. */
  top: number;
  /** The newest point’s place, as a share of the drawing’s width. */
  width?: number;
}

/**
 * A drawing of 100 × 100, stretched by its box, of points at equal distances, oldest first; null: unknown, and a gap in the line. A
 * lone point is a dash of its own.
 */
export function sparklinePaths(points: readonly (number | null)[], { top, width = 1 }: Scale) {
  const step = points.length > 1 ? (100 * width) / (points.length - 1) : 0;
  const half = step / 3;
  const yOf = (value: number) => round(100 - (100 * Math.min(Math.max(value, 0), top)) / top);
  const runs = knownRuns(points);
  const drawn = runs.map((run) => {
    const dots = run.map(({ at, value }) => ({ x: round(at * step), y: yOf(value) }));
    const [only] = dots;
    if (dots.length > 1 || !only) return dots;
    return [
      { x: round(Math.max(0, only.x - half)), y: only.y },
      { x: round(Math.min(100 * width, only.x + half)), y: only.y },
    ];
  });
  const text = (dots: readonly { x: number; y: number }[]) => dots.map(({ x, y }) => `${x} ${y}`).join("L");
  const last = runs.at(-1)?.at(-1);
  return {
    /** Unbroken runs of known points. */
    line: drawn.map((dots) => `M${text(dots)}`).join(""),
    /** The same, down to the baseline. */
    area: drawn.map((dots) => `M${dots[0]?.x} 100L${text(dots)}L${dots.at(-1)?.x} 100Z`).join(""),
    /** The newest known point; null: none is known. */
    end: last ? { x: round(last.at * step), y: yOf(last.value) } : null,
  };
}

/** The scale's upper end: never so low that a lag as small as usual fills the box. */
export function sparklineTop(points: readonly (number | null)[], least: number): number {
  return points.reduce<number>((top, point) => Math.max(top, point ?? 0), least);
}

function knownRuns(points: readonly (number | null)[]): { at: number; value: number }[][] {
  const runs: { at: number; value: number }[][] = [];
  let isOpen = false;
  for (const [at, value] of points.entries()) {
    if (value === null) isOpen = false;
    else if (isOpen) runs.at(-1)?.push({ at, value });
    else {
      runs.push([{ at, value }]);
      isOpen = true;
    }
  }
  return runs;
}

function round(figure: number): number {
  return Math.round(figure * 10) / 10;
}
