import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";

/** One height for buttons and fields, larger where fingers press them: app/globals.css. */
const control = "var(--tm-control)";

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

/** Mantine on our tokens: sizes and defaults here, surfaces and state inks in app/globals.css. */
export const theme = createTheme({
  primaryColor: "tide",
  primaryShade: 6,
  colors: { tide },
  fontFamily: "var(--tm-sans)",
  fontFamilyMonospace: "var(--tm-mono)",
  fontSizes: { xs: "12px", sm: "13px", md: "14px", lg: "16px", xl: "20px" },
  fontWeights: { regular: "400", medium: "500", bold: "600" },
  spacing: { xs: "4px", sm: "8px", md: "12px", lg: "16px", xl: "24px" },
  defaultRadius: "6px",
  respectReducedMotion: true,
  // By name, not imported: a page loads the components that it uses, not these.
  components: {
    ActionIcon: { defaultProps: { variant: "subtle", color: "gray", size: control } },
    // The main action is ink on paper; any other an outline.
    Button: {
      defaultProps: { variant: "default" },
      vars: (_: unknown, { variant, size }: { variant?: string; size?: string }) => ({
        root: {
          ...(size === undefined && { "--button-height": control, "--button-padding-x": "12px" }),
          ...(variant === "filled" && {
            "--button-bg": "var(--tm-text)",
            "--button-hover": "var(--tm-muted)",
            "--button-color": "var(--tm-surface)",
          }),
        },
      }),
    },
    Checkbox: { defaultProps: { size: "xs", radius: 4 }, styles: { label: { fontSize: 13 } } },
    // Its calendar: named buttons, no faded days of other months, and within the page's landmarks.
    DateInput: {
      defaultProps: {
        ariaLabels: {
          previousMonth: "Previous month",
          nextMonth: "Next month",
          previousYear: "Previous year",
          nextYear: "Next year",
          previousDecade: "Previous decade",
          nextDecade: "Next decade",
        },
        hideOutsideDates: true,
        popoverProps: { withinPortal: false },
      },
    },
    Input: { vars: () => ({ wrapper: { "--input-height": control, "--input-fz": "14px" } }) },
    InputWrapper: {
      defaultProps: { withAsterisk: false, inputWrapperOrder: ["label", "input", "description", "error"] },
      vars: () => ({
        label: {},
        description: { "--input-description-size": "12px" },
        error: { "--input-error-size": "12px" },
      }),
    },
    NumberInput: { defaultProps: { hideControls: true } },
    Modal: { defaultProps: { padding: "lg" } },
    Popover: { defaultProps: { shadow: "md" } },
    Select: {
      defaultProps: { rightSectionWidth: 28, maxDropdownHeight: 320 },
      // As wide as its longest option, also where the field is narrower.
      styles: { dropdown: { minWidth: "max-content", maxWidth: "min(480px, calc(100vw - 16px))" } },
    },
  },
});

const onOurTokens = {
  "--mantine-color-body": "var(--tm-surface)",
  "--mantine-color-text": "var(--tm-text)",
  "--mantine-color-dimmed": "var(--tm-muted)",
  "--mantine-color-placeholder": "var(--tm-muted)",
  "--mantine-color-error": "var(--state-late)",
  "--mantine-color-anchor": "var(--tm-link)",
  "--mantine-color-disabled": "var(--tm-ground)",
  "--mantine-color-disabled-color": "var(--tm-muted)",
  "--mantine-color-disabled-border": "var(--tm-line)",
  "--mantine-color-default": "var(--tm-surface)",
  "--mantine-color-default-hover": "var(--tm-ground)",
  "--mantine-color-default-color": "var(--tm-text)",
  "--mantine-color-default-border": "var(--tm-line)",
  "--mantine-color-gray-light-color": "var(--tm-muted)",
  "--mantine-color-gray-light-hover": "var(--tm-ground)",
};

/** Fields, menus and dialogs use single shades of Mantine's greys: they are our surfaces and lines too. */
export const tokens: CSSVariablesResolver = () => ({
  variables: {},
  light: { ...onOurTokens, "--mantine-color-gray-4": "var(--tm-faint)" },
  dark: {
    ...onOurTokens,
    "--mantine-color-dark-4": "var(--tm-faint)",
    "--mantine-color-dark-5": "var(--tm-line)",
    "--mantine-color-dark-6": "var(--tm-surface)",
    "--mantine-color-dark-7": "var(--tm-surface)",
  },
});
