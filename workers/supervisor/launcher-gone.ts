const lookEveryMs = 1_000;

/** Calls back once when the parent process is gone, also after kill -9: this one then has another parent. */
export function onLauncherGone(callback: () => void): void {
  const launcher = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === launcher) return;
    clearInterval(timer);
    callback();
  }, lookEveryMs);
  timer.unref();
}
