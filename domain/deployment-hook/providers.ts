export const hookProviders = ["github", "gitlab", "argocd", "spinnaker"] as const;
export type HookProvider = (typeof hookProviders)[number];
