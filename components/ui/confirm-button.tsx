"use client";

import { Button } from "@mantine/core";
import { useState } from "react";

interface ConfirmButtonProps<Input> {
  name: string;
  /** The second press's label, which says what it does. */
  confirm: string;
  /** What the second press does; the button is disabled while it is pending. */
  act: { mutate: (input: Input) => void; isPending: boolean };
  /** What it is done to, if the act needs it. */
  input?: Input;
  disabled?: boolean;
}

/** An irreversible action needs a second press in the same place; leaving the button resets the first. */
export function ConfirmButton<Input>({ name, confirm, act, input, disabled = false }: ConfirmButtonProps<Input>) {
  const [asked, setAsked] = useState(false);
  return (
    <Button
      disabled={disabled || act.isPending}
      onBlur={() => setAsked(false)}
      onClick={() => {
        if (asked) act.mutate(input as Input);
        setAsked(!asked);
      }}
    >
      {asked ? confirm : name}
    </Button>
  );
}
