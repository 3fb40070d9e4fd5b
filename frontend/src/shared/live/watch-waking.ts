const LOOK_EVERY_MS = 10_000;
/** Timers of a page that is looked at are late by no more than this, unless the machine slept. */
const SLEPT_AFTER_MS = 30_000;

/**
 * Calls whenever this page may have slept: it is looked at again, thawed, brought back from the
 * history, the network is back, or the wall clock has jumped under a page that is looked at.
 */
export function watchWaking(onWake: () => void): () => void {
  const stop = new AbortController();
  const listening = { signal: stop.signal };
  let lookedAtMs = Date.now();
  const look = () => {
    const sleptMs = Date.now() - lookedAtMs;
    lookedAtMs = Date.now();
    if (sleptMs > SLEPT_AFTER_MS && document.visibilityState === "visible") onWake();
  };
  const timer = setInterval(look, LOOK_EVERY_MS);
  stop.signal.addEventListener("abort", () => clearInterval(timer));
  const onVisible = () => {
    if (document.visibilityState === "visible") onWake();
  };
  document.addEventListener("visibilitychange", onVisible, listening);
  document.addEventListener("resume", onWake, listening);
  window.addEventListener("pageshow", (event) => event.persisted && onWake(), listening);
  window.addEventListener("online", onWake, listening);
  return () => stop.abort();
}
