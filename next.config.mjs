// Pages load nothing from other origins, and may not be framed. Next's own inline scripts need 'unsafe-inline'.
const contentSecurityPolicy = [
  "default-src 'self'",
  `script-src 'self' 'unsafe-inline'${process.env.NODE_ENV === "development" ? " 'unsafe-eval'" : ""}`,
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

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
  headers: async () => [
    {
      source: "/:path*",
      headers: [
        { key: "Content-Security-Policy", value: contentSecurityPolicy },
        { key: "X-Content-Type-Options", value: "nosniff" },
        { key: "Referrer-Policy", value: "same-origin" },
        { key: "Permissions-Policy", value: "camera=(), geolocation=(), microphone=()" },
        { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
      ],
    },
  ],
};

export default config;
