"use client";

import { useState } from "react";

interface ConfirmButtonProps {
  name: string;
  /** What the second press says that it does. */
  confirm: string;
  onConfirm: () => void;
  disabled?: boolean;
}

/** What cannot be taken back is asked for twice, in the same place; leaving the button forgets the first press. */
export function ConfirmButton({ name, confirm, onConfirm, disabled = false }: ConfirmButtonProps) {
  const [asked, setAsked] = useState(false);
  return (
    <button
      type="button"
      disabled={disabled}
      onBlur={() => setAsked(false)}
      onClick={() => {
        if (asked) onConfirm();
        setAsked(!asked);
      }}
    >
      {asked ? confirm : name}
    </button>
  );
}
