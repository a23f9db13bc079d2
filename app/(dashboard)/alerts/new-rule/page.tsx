import type { Metadata } from "next";
import { NewRule } from "#components/rules/new-rule.tsx";

export const metadata: Metadata = { title: "New rule" };

export default function NewRulePage() {
  return <NewRule />;
}
