/** A browser as far as signing in goes: it keeps cookies by host and name, and follows redirects. */
export interface CookieBrowser {
  /** One request, without following a redirect. */
  visit(url: string, init?: RequestInit): Promise<Response>;
  /** Follows redirects while `goesOn` says so; returns the last answer and its address. */
  follow(url: string, goesOn?: (next: URL) => boolean): Promise<{ url: URL; answer: Response }>;
  cookie(name: string): string | undefined;
  setCookie(name: string, value: string): void;
}

export function openCookieBrowser(): CookieBrowser {
  const cookies = new Map<string, string>();
  const visit = async (url: string, init: RequestInit = {}) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { ...(cookie === "" ? {} : { cookie }), ...(init.headers as Record<string, string>) };
    const answer = await fetch(url, { ...init, headers, redirect: "manual" });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/max-age=0|expires=thu, 01 jan 1970/i.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
    return answer;
  };
  return {
    visit,
    async follow(url, goesOn = () => true) {
      let at = new URL(url);
      for (let steps = 0; steps < 20; steps += 1) {
        const answer = await visit(at.href);
        const next = answer.headers.get("location");
        if (next === null) return { url: at, answer };
        await answer.body?.cancel();
        at = new URL(next, at);
        if (!goesOn(at)) return { url: at, answer };
      }
      throw new Error(`Too many redirects, the last to ${at}.`);
    },
    cookie: (name) => cookies.get(name),
    setCookie: (name, value) => void cookies.set(name, value),
  };
}
