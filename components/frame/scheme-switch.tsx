"use client";

import { type MantineColorScheme, useMantineColorScheme } from "@mantine/core";
import { IconDeviceDesktop, IconMoon, IconSun } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import styles from "./frame.module.css";

const schemes = {
  auto: { name: "System", icon: IconDeviceDesktop, next: "light" },
  light: { name: "Light", icon: IconSun, next: "dark" },
  dark: { name: "Dark", icon: IconMoon, next: "auto" },
} as const;

/** System, light or dark: one button through the three. */
export function SchemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  // The server cannot know the choice that this browser keeps.
  const [known, setKnown] = useState(false);
  useEffect(() => setKnown(true), []);
  const shown: MantineColorScheme = known ? colorScheme : "auto";
  const { name, icon: Icon, next } = schemes[shown];
  return (
    <button
      type="button"
      className={styles.iconButton}
      onClick={() => setColorScheme(next)}
      aria-label={`Colours: ${name}. Change to ${schemes[next].name}`}
      title={`Colours: ${name}`}
    >
      <Icon size={18} stroke={1.75} aria-hidden="true" />
    </button>
  );
}
