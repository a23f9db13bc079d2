/** The web process's own nonce for inline scripts of this answer; absent in `next dev`, which has no policy. */
export const nonceHeader = "x-tidemark-script-nonce";
