import "@fontsource-variable/inter/wght.css";
import "@fontsource-variable/jetbrains-mono/wght.css";
import "./globals.css";
import "#components/ui/mantine.css";
import { ColorSchemeScript } from "@mantine/core";
import type { Metadata, Viewport } from "next";
import localFont from "next/font/local";
import type { ReactNode } from "react";
import { Providers } from "#components/ui/providers.tsx";

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

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    // The colour scheme is set before the first paint, so the server's html element differs on purpose.
    <html lang="en" className={inter.variable} data-mantine-color-scheme="light" suppressHydrationWarning>
      <head>
        <ColorSchemeScript defaultColorScheme="auto" />
      </head>
      <body>
        <Providers>{children}</Providers>
      </body>
    </html>
  );
}
