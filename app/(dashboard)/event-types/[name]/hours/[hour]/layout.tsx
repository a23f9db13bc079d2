import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import type { ReactNode } from "react";
import { decodeSegment } from "#app/named-page.ts";
import { formatHour, parseHour } from "#domain/hour.ts";

interface Props {
  children: ReactNode;
  params: Promise<{ name: string; hour: string }>;
}

export async function generateMetadata({ params }: Pick<Props, "params">): Promise<Metadata> {
  const { name, hour } = await params;
  return { title: `${decodeSegment(name)} ${decodeSegment(hour)}` };
}

/** One page per hour, under its canonical name: other spellings redirect there, and an invalid hour is not found. */
export default async function HourLayout({ children, params }: Props) {
  const { name, hour } = await params;
  const start = parseHour(decodeSegment(hour));
  if (!start) notFound();
  if (formatHour(start) !== hour) redirect(`/event-types/${name}/hours/${formatHour(start)}`);
  return children;
}
