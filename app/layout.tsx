import "@fontsource-variable/inter/wght.css";
import "@fontsource-variable/jetbrains-mono/wght.css";
import "./globals.css";
import "#components/ui/mantine.css";
import { ColorSchemeScript } from "@mantine/core";
import type { Metadata, Viewport } from "next";
import localFont from "next/font/local";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { Providers } from "#components/ui/providers.tsx";
import { nonceHeader } from "#server/http/nonce-header.ts";

// Preloaded with the page, not after its style sheets. The rest of Inter loads when a page uses such characters.
const inter = localFont({
  src: "../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
  weight: "100 900",
  variable: "--tm-inter-latin",
  // globals.css has a closer fallback, for two weights.
  adjustFontFallback: false,
});

export const metadata: Metadata = {
  title: { default: "Tidemark", template: "%s · Tidemark" },
  description: "Is this hour complete, and if not, when will it be?",
  robots: { index: false },
};

export const viewport: Viewport = {
  colorScheme: "light dark",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#ffffff" },
    { media: "(prefers-color-scheme: dark)", color: "#161d2b" },
  ],
};

/** Reading the nonce makes every page a page of its request: a page made at build time could not carry it. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get(nonceHeader);
  return (
    // The colour scheme is set before the first paint, so the server's html element differs on purpose.
    <html lang="en" className={inter.variable} data-mantine-color-scheme="light" suppressHydrationWarning>
      <head>
        <ColorSchemeScript defaultColorScheme="auto" {...(nonce !== null && { nonce })} />
      </head>
      <body>
        <Providers>{children}</Providers>
      </body>
    </html>
  );
}
