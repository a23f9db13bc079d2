import type { Metadata } from "next";
import type { ReactNode } from "react";
import { decodeSegment, readKnownType } from "./read-known-type.ts";

interface Props {
  children: ReactNode;
  params: Promise<{ name: string }>;
}

export async function generateMetadata({ params }: Pick<Props, "params">): Promise<Metadata> {
  return { title: decodeSegment((await params).name) };
}

/** Asks whether there is such a type before anything is sent: only then can the answer still be 404. */
export default async function EventTypeLayout({ children, params }: Props) {
  await readKnownType((await params).name);
  return children;
}
