/** A setting cannot be used, in one sentence for the user. */
export class ConfigError extends Error {}

/** The settings of the package: where Tidemark is. Those of a server, which may be set in the same shell, are not read. */
export interface Config {
  readonly TIDEMARK_URL: string | null;
  readonly TIDEMARK_TOKEN: string | null;
  readonly TIDEMARK_CHROMIUM: string | null;
}

export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env): Config {
  return {
    TIDEMARK_URL: readUrl(env.TIDEMARK_URL?.trim() || null),
    TIDEMARK_TOKEN: readToken(env.TIDEMARK_TOKEN?.trim() || env.TIDEMARK_ADMIN_TOKEN?.trim() || null),
    TIDEMARK_CHROMIUM: env.TIDEMARK_CHROMIUM?.trim() || null,
  };
}

function readUrl(text: string | null): string | null {
  if (text === null) return null;
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text))
    throw new ConfigError(`TIDEMARK_URL is "${text}". Set it to a URL such as https://tidemark.example.com.`);
  return text.replace(/\/+$/, "");
}

function readToken(text: string | null): string | null {
  if (text === null || /^[\x21-\x7e]+$/.test(text)) return text;
  throw new ConfigError("TIDEMARK_TOKEN has characters that no token has. Set it to a token, like tm_….");
}
