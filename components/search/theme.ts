import { createTheme, type MantineColorsTuple } from "@mantine/core";

const tide: MantineColorsTuple = [
  "#eaf4fb",
  "#d3e5f3",
  "#a5c9e6",
  "#74acd9",
  "#4d96d6",
  "#2f7fb8",
  "#0a5a94",
  "#084c7d",
  "#063e67",
  "#042f50",
];

/** Mantine's dark scale in our blue-black: 0 is text, 4 borders, 6 fields, 7 surfaces, 8 the background. */
const dark: MantineColorsTuple = [
  "#e8ecf2",
  "#c9d1dc",
  "#a3adbb",
  "#8792a3",
  "#3a465b",
  "#2a3446",
  "#121927",
  "#161d2b",
  "#0e1420",
  "#0a0f18",
];

/** Mantine on our tokens: sizes and fonts here, surfaces and state inks in app/globals.css. */
export const theme = createTheme({
  primaryColor: "tide",
  // White on it is readable in dark mode too: Mantine picks a label's colour without knowing the scheme.
  primaryShade: 6,
  colors: { tide, dark },
  fontFamily: "var(--tm-sans)",
  fontFamilyMonospace: "var(--tm-mono)",
  fontSizes: { xs: "12px", sm: "13px", md: "14px", lg: "16px", xl: "20px" },
  headings: {
    fontWeight: "600",
    sizes: { h1: { fontSize: "20px" }, h2: { fontSize: "16px" }, h3: { fontSize: "14px" } },
  },
  spacing: { xs: "4px", sm: "8px", md: "12px", lg: "16px", xl: "24px" },
  defaultRadius: "6px",
  respectReducedMotion: true,
});
