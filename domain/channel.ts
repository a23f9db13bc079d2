// Where notifications go. A secret is never in a file: {env: NAME} names the environment variable that holds it.
export { type ChannelSpec, channelSpec, channelTypes, parseChannel } from "./channel/parse-channel.ts";
export { type SecretRef, secretsOf } from "./channel/secret-ref.ts";
