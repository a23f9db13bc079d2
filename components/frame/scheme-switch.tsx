"use client";

import { ActionIcon, useMantineColorScheme } from "@mantine/core";
import { useMounted } from "@mantine/hooks";
import { IconDeviceDesktop, IconMoon, IconSun } from "@tabler/icons-react";

const schemes = {
  auto: { name: "System", icon: IconDeviceDesktop, next: "light" },
  light: { name: "Light", icon: IconSun, next: "dark" },
  dark: { name: "Dark", icon: IconMoon, next: "auto" },
} as const;

/** System, light or dark: one button cycles through the three. */
export function SchemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  // The server cannot know what this browser stores.
  const isMounted = useMounted();
  const { name, icon: Icon, next } = schemes[isMounted ? colorScheme : "auto"];
  return (
    <ActionIcon
      onClick={() => setColorScheme(next)}
      aria-label={`Colours: ${name}. Change to ${schemes[next].name}`}
      title={`Colours: ${name}`}
    >
      <Icon size={18} stroke={1.75} aria-hidden="true" />
    </ActionIcon>
  );
}
