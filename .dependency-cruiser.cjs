// The house's import rules: a file's folder says what it may touch. Every rule is an error, and
// test/boundaries.test.ts plants a violation of each and sees it caught.

/**
 * The floors of server/, the lowest first. A noun may import nouns below it, and not its neighbours. What must cause something above
 * is a row that is read there, or a listener that a process's main hands in.
 */
const floors = [
  ["audit"],
  ["access", "backup", "documentation", "metric-export", "turns"],
  ["facts", "outbox"],
  ["verdicts"],
  ["catalogue", "corrections"],
  ["sources"],
  ["explain", "forecast", "hooks", "volume"],
  ["alerts", "consumers", "lineage", "on-call", "silences", "slo"],
  ["incidents"],
  ["notifications"],
  ["backtest", "board"],
];

const anyOf = (names) => `^server/(${names.join("|")})/`;
const nouns = anyOf(floors.flat());
const tests = "[.]test[.]tsx?$";
const ours = "^(app|components|domain|server|workers|cli|simulator|packages)/";
const config = "^server/config[.]ts$";
/** Below every noun: errors, paging, what a process is and logs. Settings have a rule of their own. */
const shared = "^server/([^/]+[.]ts$|process/|settings/)";

/** From a folder, only what the pattern allows; npm packages and Node's own modules have rules of their own. */
const mayImport = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: "error",
  from: { path: from, pathNot: tests },
  to: { path: `${ours}|^(e2e|test|bench|scripts|prisma|[.][.])/`, pathNot: allowed },
});

/** A package, or a folder, that only some folders may touch. */
const onlyFrom = (name, from, to, comment) => ({
  name,
  comment,
  severity: "error",
  from: { pathNot: from },
  to: { path: to },
});

module.exports = {
  forbidden: [
    {
      name: "domain-is-pure",
      comment:
        "domain imports itself, zod, RE2 in JavaScript, hono's escaping templates and Temporal (the language's own calendar, until Node brings it): no I/O.",
      severity: "error",
      from: { path: "^domain/", pathNot: tests },
      to: { pathNot: ["^domain/", "(^|/)node_modules/(zod|re2js|temporal-polyfill|hono/dist/(types/)?helper/html)/"] },
    },
    {
      name: "domain-tests-stay-pure",
      comment: "A test in domain needs no database and no server.",
      severity: "error",
      from: { path: `^domain/.*${tests}` },
      to: { path: ours, pathNot: "^domain/" },
    },
    mayImport(
      "server-noun",
      nouns,
      ["^domain/", "^server/db/", nouns, shared],
      "A use case imports domain, server/db and other nouns: the outside and settings come as arguments.",
    ),
    ...floors.map((floor, storey) => ({
      name: `floor-of-${floor[0]}`,
      comment: "A noun imports nouns on floors below its own, types included.",
      severity: "error",
      from: { path: anyOf(floor), pathNot: tests },
      to: {
        path: anyOf(floors.slice(storey).flat()),
        // its own folder, whichever of the floor's it is
        pathNot: "^server/$1/",
      },
    })),
    {
      name: "every-noun-has-a-floor",
      comment: "A new folder of server/ is put on its floor, above.",
      severity: "error",
      from: { path: "^server/[^/]+/", pathNot: [nouns, "^server/(db|http|adapters|process|settings)/"] },
      to: {},
    },
    {
      name: "surface-of-a-noun",
      comment: "What others may use of a noun stands in its index.ts.",
      severity: "error",
      from: { path: ours, pathNot: [tests, nouns, "^packages/cli/"] },
      to: { path: nouns, pathNot: "/index[.]ts$" },
    },
    {
      name: "surface-between-nouns",
      comment: "What others may use of a noun stands in its index.ts; inside, files import each other.",
      severity: "error",
      from: { path: nouns, pathNot: tests },
      to: { path: nouns, pathNot: ["^server/(?!$1/)[^/]+/index[.]ts$", "^server/$1/(?!index[.]ts$)"] },
    },
    mayImport("server-db", "^server/db/", ["^domain/", "^server/db/", shared], "server/db knows no noun."),
    mayImport(
      "server-http",
      "^server/http/(?!runtime[.]ts$)",
      ["^domain/", "^server/http/", "^server/db/", nouns, shared],
      "A route parses, calls one use case, answers: what it needs of the outside comes as an argument.",
    ),
    mayImport(
      "server-http-runtime",
      "^server/http/runtime[.]ts$",
      ["^domain/", "^server/"],
      "The web process's wiring is the one place of http that knows adapters.",
    ),
    mayImport(
      "server-adapters",
      "^server/adapters/",
      ["^domain/", "^server/adapters/", "^server/process/tracing[.]ts$"],
      "An adapter imports domain, and tells tracing of the requests that it sends.",
    ),
    mayImport("server-root", shared, ["^domain/", shared], "Settings, clock and log stand below every noun."),
    mayImport("components", "^components/", ["^domain/", "^components/"], "Data comes through the typed API client."),
    mayImport("app", "^app/", ["^app/", "^components/", "^domain/", "^server/"], "app is what a browser can ask for."),
    mayImport("workers", "^workers/", ["^workers/", "^domain/", "^server/"], "A worker wires server and domain."),
    mayImport("cli", "^cli/", ["^cli/", "^domain/", "^server/"], "The command line wires server and domain."),
    mayImport("simulator", "^simulator/", ["^simulator/", "^domain/"], "The simulator is a client: nothing of server."),
    {
      name: "package-stands-alone",
      comment: "A published package runs in other people's programs: itself and Node, nothing else.",
      severity: "error",
      from: { path: "^packages/([^/]+)/", pathNot: [tests, "^packages/cli/"] },
      to: { pathNot: "^packages/$1/", dependencyTypesNot: ["core"] },
    },
    {
      name: "cli-package",
      comment: "The published command line is cli/ without what works on the database.",
      severity: "error",
      from: { path: "^packages/cli/src/", pathNot: tests },
      to: {
        pathNot: [
          "^packages/cli/",
          "^cli/",
          "^domain/",
          "^server/catalogue/(read-source|source-documents)[.]ts$",
          "(^|/)node_modules/commander/",
        ],
        dependencyTypesNot: ["core"],
      },
    },
    {
      name: "settings-at-the-edge",
      comment:
        "Only mains, the web process's runtime and tools read settings: everything below gets what it needs as arguments.",
      severity: "error",
      from: { path: "^server/", pathNot: [tests, shared, "^server/http/runtime[.]ts$"] },
      to: { path: config },
    },
    onlyFrom(
      "prisma-client",
      [nouns, "^server/db/"],
      "^server/db/generated/",
      "The generated client is for server/db and the SQL beside use cases.",
    ),
    onlyFrom(
      "google-cloud",
      ["^server/adapters/", "^simulator/", "(^|/)node_modules/"],
      "(^|/)node_modules/(@(google-cloud|grpc)|google-auth-library)/",
      "Google's clients and gRPC live behind adapters; the simulator is a client of its own.",
    ),
    onlyFrom(
      "open-telemetry",
      ["^server/adapters/", "(^|/)node_modules/"],
      "(^|/)node_modules/@opentelemetry/",
      "OpenTelemetry is loaded by its adapter, and only when traces are on; everything else uses server/process/tracing.",
    ),
    onlyFrom(
      "kafka",
      ["^server/adapters/", "(^|/)node_modules/"],
      "(^|/)node_modules/@platformatic/",
      "Kafka's client lives behind adapters.",
    ),
    onlyFrom(
      "react-and-next",
      ["^app/", "^components/", "^next[.]config[.]mjs$", "^workers/web/", "(^|/)node_modules/"],
      "(^|/)node_modules/(react|react-dom|next|@mantine|@tanstack|@tabler|recharts)/",
      "Screens are made in app and components.",
    ),
    {
      name: "no-circular",
      comment: "Two modules that need each other are one module, or three.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "no-way-out",
      comment: "The repository stands alone: nothing outside it is imported.",
      severity: "error",
      from: {},
      to: { path: "^([.][.]/|/)" },
    },
    {
      name: "not-to-unresolvable",
      comment: "An import that nothing answers.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: "no-test-in-product",
      comment: "What ships imports no test, and no package that is there for development only.",
      severity: "error",
      from: { path: ours, pathNot: tests },
      to: { path: ["^(test|e2e|bench)/", tests] },
    },
    {
      name: "no-dev-package-in-product",
      comment: "What ships must work after `npm ci --omit=dev`; types may come from development packages.",
      severity: "error",
      from: { path: ours, pathNot: [tests, "^packages/[^/]+/build[.]ts$"] },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"], pathNot: "(^|/)node_modules/@types/" },
    },
  ],
  options: {
    doNotFollow: { path: "(^|/)node_modules/|^server/db/generated/" },
    exclude: { path: ["^[.]next/", "^[.]next-", "^packages/[^/]+/dist/"] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".cjs", ".json", ".d.ts"],
    },
  },
};
