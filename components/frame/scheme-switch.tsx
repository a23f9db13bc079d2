"use client";

import { IconDeviceDesktop, IconMoon, IconSun } from "@tabler/icons-react";
import { chooseScheme, useColorScheme } from "#components/ui/color-scheme.ts";
import styles from "./frame.module.css";

const schemes = {
  auto: { name: "System", icon: IconDeviceDesktop, next: "light" },
  light: { name: "Light", icon: IconSun, next: "dark" },
  dark: { name: "Dark", icon: IconMoon, next: "auto" },
} as const;

/** System, light or dark: one button cycles through the three. */
export function SchemeSwitch() {
  const { name, icon: Icon, next } = schemes[useColorScheme()];
  return (
    <button
      type="button"
      className={styles.iconButton}
      onClick={() => chooseScheme(next)}
      aria-label={`Colours: ${name}. Change to ${schemes[next].name}`}
      title={`Colours: ${name}`}
    >
      <Icon size={18} stroke={1.75} aria-hidden="true" />
    </button>
  );
}
