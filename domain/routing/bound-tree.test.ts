import { describe, expect, it } from "vitest";
import { parseRoutingTree } from "./parse-routing-tree.ts";

const receivers = [{ name: "x" }];
const treeOf = (routes: readonly object[]) => ({ receivers, route: { receiver: "x", routes } });
const times = <Of>(count: number, of: (at: number) => Of) => Array.from({ length: count }, (_, at) => of(at));

function faultOf(tree: unknown): string | null {
  const parsed = parseRoutingTree(tree);
  return parsed.ok ? null : `${parsed.faults[0]?.pointer} ${parsed.faults[0]?.detail}`;
}

describe("a routing tree", () => {
  it("may have 2,000 routes, its root among them, at any depth", () => {
    const nested = (routes: number) => treeOf([{ routes: times(routes - 2, () => ({})) }]);
    expect(faultOf(nested(2_000))).toBe(null);
    expect(faultOf(nested(2_001))).toContain("at most 2,000 routes");
  });

  it("may have 10,000 matchers, those of inhibition rules among them", () => {
    const matchers = (count: number) => times(count, (at) => `a="${at}"`);
    const tree = (count: number) => ({
      ...treeOf([{ matchers: matchers(count - 2) }]),
      inhibitRules: [{ sourceMatchers: ['a="1"'], targetMatchers: ['a="2"'] }],
    });
    expect(faultOf(tree(10_000))).toBe(null);
    expect(faultOf(tree(10_001))).toContain("at most 10,000 matchers");
  });

  it("may have 500 inhibition rules", () => {
    const tree = (count: number) => ({
      ...treeOf([]),
      inhibitRules: times(count, () => ({ sourceMatchers: ['a="1"'], targetMatchers: ['a="2"'] })),
    });
    expect(faultOf(tree(500))).toBe(null);
    expect(faultOf(tree(501))).toContain("at most 500 inhibition rules");
  });

  it("may have expressions that unfold into 200,000 steps together, however they are written", () => {
    const hard = "(a|b)*a(a|b){700}";
    for (const matcher of [`a=~"${hard}"`, { name: "a", value: hard, isRegex: true }])
      expect(faultOf(treeOf(times(100, () => ({ matchers: [matcher] }))))).toContain("at most 200,000 steps");
    expect(faultOf(treeOf(times(100, () => ({ matchers: [{ name: "a", value: hard }] }))))).toBe(null);
    expect(faultOf(treeOf(times(4, () => ({ matchers: [`a=~"${hard}"`] }))))).toBe(null);
  });

  it("that is far too large is refused before it is compiled, and however deep it is nested", () => {
    let route: object = {};
    for (let depth = 0; depth < 5_000; depth += 1) route = { routes: [route] };
    expect(faultOf({ receivers, route })).toContain("at most 2,000 routes");
    expect(faultOf(treeOf(times(500_000, () => ({}))))).toContain("at most 2,000 routes");
  });

  it("that is no tree is refused for what it is", () => {
    expect(faultOf(null)).toContain("must be an object");
    expect(faultOf({ receivers, route: { receiver: "x", routes: 7 } })).toContain(
      "/route/routes must be a list of routes",
    );
  });
});
