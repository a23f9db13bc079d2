"use client";

import { Button, type ButtonProps } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { type ComponentProps, useState } from "react";

// Loaded on first use: most visits never open it.
const SavedViewsMenu = dynamic(() => import("./saved-views-menu.tsx").then((menu) => menu.SavedViewsMenu), {
  ssr: false,
  loading: () => <ViewsTarget />,
});

/** Opens the board's saved views. */
export function ViewsButton() {
  const [isAsked, ask] = useState(false);
  return isAsked ? <SavedViewsMenu /> : <ViewsTarget onClick={() => ask(true)} />;
}

export function ViewsTarget(props: ButtonProps & ComponentProps<"button">) {
  return (
    <Button rightSection={<IconChevronDown size={14} aria-hidden="true" />} aria-haspopup="dialog" {...props}>
      Views
    </Button>
  );
}
