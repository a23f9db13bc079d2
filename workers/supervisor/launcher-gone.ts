const lookEveryMs = 1_000;

/** Calls back once when the process that started this one is gone, kill -9 included: this one then has another parent. */
export function onLauncherGone(callback: () => void): void {
  const launcher = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === launcher) return;
    clearInterval(timer);
    callback();
  }, lookEveryMs);
  timer.unref();
}
