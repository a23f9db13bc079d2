"use client";

import { Button } from "@mantine/core";
import { useState } from "react";

/** Ends the session of a private dashboard. */
export function SignOutButton() {
  const [failed, setFailed] = useState(false);
  async function signOut() {
    const answer = await fetch("/api/v1/session", { method: "DELETE" }).catch(() => null);
    if (answer?.ok) window.location.assign("/sign-in");
    else setFailed(true);
  }
  return (
    <Button variant="subtle" size="compact-sm" onClick={signOut}>
      {failed ? "Not signed out: try again" : "Sign out"}
    </Button>
  );
}
