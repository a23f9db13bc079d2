import type { Metadata } from "next";
import { People } from "#components/access/people.tsx";

export const metadata: Metadata = { title: "People" };

/** For administrators: who signs in. */
export default function PeoplePage() {
  return <People />;
}
