"use client";

import { Button } from "@mantine/core";
import { useState } from "react";

interface ConfirmButtonProps {
  name: string;
  /** The second press's label, which says what it does. */
  confirm: string;
  onConfirm: () => void;
  disabled?: boolean;
}

/** An irreversible action needs a second press in the same place; leaving the button resets the first. */
export function ConfirmButton({ name, confirm, onConfirm, disabled = false }: ConfirmButtonProps) {
  const [asked, setAsked] = useState(false);
  return (
    <Button
      disabled={disabled}
      onBlur={() => setAsked(false)}
      onClick={() => {
        if (asked) onConfirm();
        setAsked(!asked);
      }}
    >
      {asked ? confirm : name}
    </Button>
  );
}
