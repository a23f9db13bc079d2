/** For a command run as by a person, without this process's settings; what an earlier run compiled is not compiled again. */
export function commandEnv(settings: Record<string, string>): NodeJS.ProcessEnv {
  const { PATH = "", NODE_COMPILE_CACHE = "" } = process.env;
  return { PATH, NODE_COMPILE_CACHE, ...settings } as unknown as NodeJS.ProcessEnv;
}
