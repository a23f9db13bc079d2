// Where notifications go. A secret is never in a file: {env: NAME} names the environment variable that holds it.
export {
  type AlertmanagerChannel,
  type ChannelSpec,
  type ChannelType,
  channelSpec,
  channelTypes,
  type EmailChannel,
  type PagerdutyChannel,
  parseChannel,
  type SlackChannel,
  type WebhookChannel,
} from "./channel/parse-channel.ts";
export { type SecretRef, secretsOf } from "./channel/secret-ref.ts";
