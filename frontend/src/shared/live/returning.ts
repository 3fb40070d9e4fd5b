import type { LiveState } from "./live-store";

/** Whether something came back that may have been away while bars closed. */
export function isBack(now: LiveState, before: LiveState): boolean {
  const isReconnected = now.connection === "connected" && before.connection !== "connected";
  const isLiveAgain =
    now.heard?.report.state === "live" &&
    before.heard !== null &&
    before.heard.report.state !== "live";
  return isReconnected || isLiveAgain;
}
