import type { ChannelSpec } from "#domain/channel.ts";
import type { Notification, SendOutcome } from "#domain/notification.ts";
import type { Context } from "#server/access/index.ts";
import type { ChannelLoad } from "./channel-load.ts";

/** One attempt at one channel. `posted` is what the channel last named a message of the same thread. */
export interface SendRequest {
  channel: ChannelSpec;
  notification: Notification;
  posted: Record<string, string> | null;
}

export type Send = (request: SendRequest) => Promise<SendOutcome>;

/** What the notifying process works with beside the context of every use case. */
export interface NotifyContext extends Context {
  /** Made of the adapters by the process's main. */
  readonly send: Send;
  readonly publicUrl: string;
  /** What this process has under way. */
  readonly load: ChannelLoad;
}
