import { basePathOf, buildFolderOf } from "./server/settings/base-path.ts";

const basePath = basePathOf(process.env.TIDEMARK_PUBLIC_URL?.trim());

/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  // Everything is below the path of TIDEMARK_PUBLIC_URL. Next writes it into what it builds: each path has a build of its own.
  basePath,
  distDir: buildFolderOf(basePath),
  compiler: { define: { TIDEMARK_BASE_PATH: basePath } },
  // `npm run verify` checks them, once.
  // Next adds each build's folder to a tsconfig that extends no other.
  typescript: { ignoreBuildErrors: true, tsconfigPath: "tsconfig.next.json" },
  // No page shows a picture that needs it: its door stays shut.
  images: { unoptimized: true },
  // Node-only packages stay out of the bundle.
  serverExternalPackages: [
    "pg",
    "@prisma/client",
    "@prisma/adapter-pg",
    "@prisma/driver-adapter-utils",
    "@google-cloud/pubsub",
    "@opentelemetry/api",
    "@opentelemetry/exporter-trace-otlp-http",
    "@opentelemetry/exporter-trace-otlp-proto",
    "@opentelemetry/resources",
    "@opentelemetry/sdk-trace-node",
    "pino",
    "prom-client",
    // Bundled, its calendar library takes a shim for the language's own BigInt.
    "node-ical",
  ],
  // Mails that were sent before the page moved link to /slo. The query is kept.
  redirects: async () => [{ source: "/slo", destination: "/service-levels", permanent: true }],
};

export default config;
