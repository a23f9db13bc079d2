/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  // `npm run verify` checks them, once.
  typescript: { ignoreBuildErrors: true },
  // No page shows a picture that needs it: its door stays shut.
  images: { unoptimized: true },
  // Node-only packages stay out of the bundle.
  serverExternalPackages: [
    "pg",
    "@prisma/client",
    "@prisma/adapter-pg",
    "@prisma/driver-adapter-utils",
    "@google-cloud/pubsub",
    "pino",
    "prom-client",
    // Bundled, its calendar library takes a shim for the language's own BigInt.
    "node-ical",
  ],
  // Mails that were sent before the page moved link to /slo. The query is kept.
  redirects: async () => [{ source: "/slo", destination: "/service-levels", permanent: true }],
};

export default config;
