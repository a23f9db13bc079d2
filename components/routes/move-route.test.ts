import fc from "fast-check";
import { expect, test } from "vitest";
import { addRoute, type Move, moveRoute, removeRoute } from "./move-route.ts";

const tree = {
  route: {
    receiver: "all",
    routes: [{ receiver: "a", routes: [{ receiver: "a1" }] }, { receiver: "b" }, { receiver: "c" }],
  },
};
interface Route {
  receiver: string;
  routes?: Route[];
}
const shape = ({ receiver, routes = [] }: Route): string =>
  routes.length === 0 ? receiver : `${receiver}(${routes.map(shape).join(" ")})`;
const shapeOf = (spec: unknown) => shape((spec as { route: Route }).route);

test.each<[Move, (string | number)[], string | null, (string | number)[] | null]>([
  ["up", ["route", "routes", 1], "all(b a(a1) c)", ["route", "routes", 0]],
  ["down", ["route", "routes", 1], "all(a(a1) c b)", ["route", "routes", 2]],
  ["in", ["route", "routes", 1], "all(a(a1 b) c)", ["route", "routes", 0, "routes", 1]],
  ["in", ["route", "routes", 2], "all(a(a1) b(c))", ["route", "routes", 1, "routes", 0]],
  ["out", ["route", "routes", 0, "routes", 0], "all(a a1 b c)", ["route", "routes", 1]],
  ["up", ["route", "routes", 0], null, null],
  ["down", ["route", "routes", 2], null, null],
  ["in", ["route", "routes", 0], null, null],
  ["out", ["route", "routes", 0], null, null],
])("%s from %j: %s", (move, path, expected, at) => {
  const found = moveRoute(tree, path, move);
  expect(found && shapeOf(found.spec)).toBe(expected);
  expect(found?.path ?? null).toEqual(at);
});

test("no move loses a route or makes one", () => {
  const moves = fc.array(fc.tuple(fc.constantFrom<Move>("up", "down", "in", "out"), fc.nat({ max: 3 })), {
    maxLength: 12,
  });
  fc.assert(
    fc.property(moves, (steps) => {
      let spec: Readonly<Record<string, unknown>> = tree;
      for (const [move, at] of steps) {
        const paths = pathsOf((spec.route ?? {}) as Route, ["route"]);
        spec = moveRoute(spec, paths[at % paths.length] ?? [], move)?.spec ?? spec;
      }
      expect(shapeOf(spec).match(/\w+/g)?.sort()).toEqual(["a", "a1", "all", "b", "c"]);
    }),
  );
});

test("a route is added below another, and removed with all below it", () => {
  const added = addRoute(tree, ["route", "routes", 1]);
  expect(added.path).toEqual(["route", "routes", 1, "routes", 0]);
  expect(removeRoute(added.spec, added.path)).toEqual(tree);
  expect(shapeOf(removeRoute(tree, ["route", "routes", 0]))).toBe("all(b c)");
});

function pathsOf(route: Route, path: (string | number)[]): (string | number)[][] {
  return (route.routes ?? []).flatMap((child, at) => {
    const own = [...path, "routes", at];
    return [own, ...pathsOf(child, own)];
  });
}
