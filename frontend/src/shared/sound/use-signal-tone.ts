import { useEffect } from "react";
import { useLiveSession } from "@/shared/live/live-context";
import { useSettings } from "@/shared/settings/settings";
import { playSignalTone } from "./signal-tone";

/** Sounds when a new BUY or SELL arrives, if the reader switched it on; mounted once. */
export function useSignalTone(): void {
  const session = useLiveSession();
  const isOn = useSettings(({ sound }) => sound);
  useEffect(() => {
    if (!isOn) return undefined;
    return session.onSignal(({ kind, signal }) => {
      if (kind === "new") playSignalTone(signal.type);
    });
  }, [session, isOn]);
}
