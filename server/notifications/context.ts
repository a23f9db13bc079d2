import type { ChannelSpec } from "#domain/channel.ts";
import type { Notification, SendOutcome } from "#domain/notification.ts";
import type { Context } from "#server/access/index.ts";

/** One attempt at one channel. `posted`: the channel's latest id for a message of the same thread. */
export interface SendRequest {
  channel: ChannelSpec;
  notification: Notification;
  posted: Record<string, string> | null;
}

export type Send = (request: SendRequest) => Promise<SendOutcome>;

/** The notifying process's context beyond every use case's. */
export interface NotifyContext extends Context {
  /** Built from the adapters in the process's main. */
  readonly send: Send;
}
