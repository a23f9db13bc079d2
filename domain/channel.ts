// Where notifications go. Secrets are never in a file: {env: TIDEMARK_SECRET_…} names the environment variable that holds one.

export { destinationOf } from "./channel/destinations.ts";
export { type ChannelSpec, channelSpec, channelTypes, parseChannel } from "./channel/parse-channel.ts";
export { isSecretName, type SecretRef, secretsOf } from "./channel/secret-ref.ts";
export { incidentChannels, traitsOf } from "./channel/traits.ts";
