"use client";

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { queries } from "#components/api/queries.ts";

/** Ends the session of a signed-in user; an anonymous visitor of an open dashboard has none. */
export function SignOutButton() {
  const { data: visitor } = useQuery(queries.visitor());
  const [failed, setFailed] = useState(false);
  async function signOut() {
    const answer = await fetch("/api/v1/session", { method: "DELETE" }).catch(() => null);
    if (answer?.ok) window.location.assign("/sign-in");
    else setFailed(true);
  }
  if (!visitor || visitor.actor === "dashboard") return null;
  return (
    <Button variant="subtle" onClick={signOut} title={`Signed in as ${visitor.actor}`}>
      {failed ? "Couldn’t sign out. Try again" : "Sign out"}
    </Button>
  );
}
