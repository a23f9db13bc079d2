// Where notifications go. Secrets are never in a file: {env: NAME} names the environment variable that holds one.
export { type ChannelSpec, channelSpec, channelTypes, parseChannel } from "./channel/parse-channel.ts";
export { type SecretRef, secretsOf } from "./channel/secret-ref.ts";
export { incidentChannels, traitsOf } from "./channel/traits.ts";
