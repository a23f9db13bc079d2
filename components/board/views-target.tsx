"use client";

import { Button, type ButtonProps } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import type { ComponentProps } from "react";

/** The button that saved views are opened by, before and after their menu is loaded. */
export function ViewsTarget(props: ButtonProps & ComponentProps<"button">) {
  return (
    <Button rightSection={<IconChevronDown size={14} aria-hidden="true" />} aria-haspopup="dialog" {...props}>
      Views
    </Button>
  );
}
