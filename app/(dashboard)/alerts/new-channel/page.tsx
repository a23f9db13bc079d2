import type { Metadata } from "next";
import { NewChannel } from "#components/channels/new-channel.tsx";
import { channelTypes } from "#domain/channel.ts";

export const metadata: Metadata = { title: "New channel" };

interface Props {
  searchParams: Promise<{ type?: string | string[] }>;
}

export default async function NewChannelPage({ searchParams }: Props) {
  const { type } = await searchParams;
  return <NewChannel type={channelTypes.find((known) => known === type) ?? "slack"} />;
}
