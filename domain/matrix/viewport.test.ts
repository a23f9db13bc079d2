import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columnAt, columnOf, dayColumns, daysOf, hourColumns, hourUnder } from "./columns.ts";
import { hitTest, layOut, panBy, reveal, type Scene, type View, xOf, zoomAt } from "./viewport.ts";

const month = 744;
/** From 21:00, so that the first day is cut: 31 whole days and a part of two. */
const days = daysOf(new Date("2026-10-22T21:00:00Z"), month);
const all: View = { left: 0, span: null, top: 0 };

function sceneOf(rows = 500, folded: (day: number) => boolean = () => false): Scene {
  return { widthPx: 1116, heightPx: 640, rows, hours: hourColumns(days, folded), days: dayColumns(days) };
}

describe("columns", () => {
  it("days begin at midnight UTC; the first and the last are cut", () => {
    expect([...days.starts].slice(0, 3)).toEqual([0, 3, 27]);
    expect(days.count).toBe(32);
    expect(days.starts[32]).toBe(month);
  });

  it("a calm day takes one column, the others one an hour", () => {
    const columns = hourColumns(days, (day) => day === 1);
    expect(columns.count).toBe(month - 23);
    expect([...columns.starts].slice(2, 6)).toEqual([2, 3, 27, 28]);
    expect(columnOf(columns, 15)).toBe(3);
    expect(columnAt(columns, 15)).toBe(3.5);
  });

  it("an hour stands where a place says it stands, folded or not", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: month - 0.01, noNaN: true }), fc.func(fc.boolean()), (hour, folded) => {
        const columns = hourColumns(days, (day) => folded(day));
        expect(hourUnder(columns, columnAt(columns, hour))).toBeCloseTo(hour, 6);
      }),
    );
  });
});

describe("looking", () => {
  it("at first all hours and all rows are there", () => {
    const layout = layOut(all, sceneOf());
    expect(layout.columnPx).toBeCloseTo(1.5);
    expect(layout.rowPx).toBeCloseTo(1.28);
    expect(layout.bars).toBe(false);
  });

  it("a few rows are no taller than they need to be read", () => {
    expect(layOut(all, sceneOf(10)).rowPx).toBe(20);
  });

  it("more rows than pixels are a pixel each, and scroll", () => {
    expect(layOut({ ...all, top: 5000 }, sceneOf(1000))).toMatchObject({ rowPx: 1, topRow: 360 });
  });

  it("hours that would be thinner than a pixel run together to days", () => {
    const layout = layOut(all, { ...sceneOf(), widthPx: 300 });
    expect(layout).toMatchObject({ bars: true, columns: { count: 32 } });
    expect(layout.columnPx).toBeCloseTo(300 / 32);
  });

  it("what is under the pointer stays there while it zooms", () => {
    const pointer = fc.record({ x: fc.integer({ min: 0, max: 1115 }), y: fc.integer({ min: 0, max: 639 }) });
    fc.assert(
      fc.property(
        pointer,
        fc.double({ min: 1.1, max: 20, noNaN: true }),
        fc.func(fc.boolean()),
        (at, factor, folded) => {
          const scene = sceneOf(500, (day) => folded(day));
          const before = layOut(all, scene);
          const hour = hourUnder(before.columns, before.leftColumn + at.x / before.columnPx);
          const after = layOut(zoomAt(all, scene, factor, at), scene);
          expect(xOf(after, hour)).toBeCloseTo(at.x, 3);
        },
      ),
    );
  });

  it("rows can be read once hours can, and zooming out again shows all", () => {
    const scene = sceneOf();
    const near = zoomAt(all, scene, 40, { x: 500, y: 300 });
    expect(near.span).toBeCloseTo(18.6);
    expect(layOut(near, scene).rowPx).toBe(20);
    expect(zoomAt(near, scene, 1 / 80, { x: 3, y: 4 })).toEqual(all);
  });

  it("never looks beyond an edge", () => {
    const view = fc.record({
      left: fc.double({ min: -500, max: 2000, noNaN: true }),
      span: fc.option(fc.double({ min: 1, max: 3000, noNaN: true })),
      top: fc.double({ min: -900, max: 900, noNaN: true }),
    });
    const way = fc.integer({ min: -5000, max: 5000 });
    fc.assert(
      fc.property(view, way, way, (start, dx, dy) => {
        const scene = sceneOf();
        const layout = layOut(panBy(start, scene, dx, dy), scene);
        expect(layout.leftColumn).toBeGreaterThanOrEqual(0);
        expect(layout.leftColumn * layout.columnPx + scene.widthPx).toBeLessThanOrEqual(
          layout.columns.count * layout.columnPx + 0.001,
        );
        expect(layout.topRow).toBeGreaterThanOrEqual(0);
        expect((layout.topRow + scene.heightPx / layout.rowPx) * layout.rowPx).toBeLessThanOrEqual(
          Math.max(scene.heightPx, scene.rows * layout.rowPx) + 0.001,
        );
      }),
    );
  });

  it("goes to a cell only as far as it must", () => {
    const scene = sceneOf();
    const near = { left: 100, span: 48, top: 0 };
    expect(reveal(near, scene, 3, 120)).toEqual(near);
    expect(reveal(near, scene, 3, 160).left).toBeCloseTo(113);
    expect(reveal(near, scene, 3, 20).left).toBe(20);
  });
});

describe("what is under a place", () => {
  it("finds every cell again by its own corner", () => {
    const scene = sceneOf(40, (day) => day % 3 === 1);
    const layout = layOut({ left: 50, span: 96, top: 2 }, scene);
    const hit = hitTest(layout, 40, xOf(layout, 60) + 1, (7 - layout.topRow) * layout.rowPx + 1);
    expect(hit).toMatchObject({ row: 7, hour: 60, endHour: 61 });
  });

  it("a folded day answers with all of its hours", () => {
    const layout = layOut(
      all,
      sceneOf(10, (day) => day === 0),
    );
    expect(hitTest(layout, 10, 0, 0)).toEqual({ row: 0, column: 0, hour: 0, endHour: 3 });
  });

  it("beside the cells there is nothing", () => {
    const layout = layOut(all, sceneOf(10));
    expect(hitTest(layout, 10, 5, 201)).toBeNull();
    expect(hitTest(layout, 10, 1117, 5)).toBeNull();
    expect(hitTest(layout, 10, -1, 5)).toBeNull();
  });
});
