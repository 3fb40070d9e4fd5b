import { useEffect } from "react";
import { useLiveSession } from "@/shared/live/live-context";
import { useSettings } from "@/shared/settings/settings";

/** Sounds when a new BUY or SELL arrives, if the reader switched it on; mounted once. */
export function useSignalTone(): void {
  const session = useLiveSession();
  const isOn = useSettings(({ sound }) => sound);
  useEffect(() => {
    if (!isOn) return undefined;
    const tone = import("./signal-tone");
    return session.onSignal(({ kind, signal }) => {
      if (kind === "new") void tone.then(({ playSignalTone }) => playSignalTone(signal.type));
    });
  }, [session, isOn]);
}
