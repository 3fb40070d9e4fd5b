import { useEffect, useEffectEvent } from "react";
import { useSettings } from "@/shared/settings/settings";
import { meant, nameOfKey, offer, useCommands, type Command } from "./commands";
import { isBehindDialog, isInField } from "./keyboard";

/** Offers a command for as long as the component is on screen. */
export function useCommand({ id, group, name, key, run }: Command): void {
  const doRun = useEffectEvent(run);
  useEffect(
    () => offer({ id, group, name, ...(key !== undefined && { key }), run: () => doRun() }),
    [id, group, name, key],
  );
}

/** Has keys run commands; mounted once. */
export function useCommandKeys(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const name = nameOfKey(event);
      if (name === null || event.defaultPrevented || event.repeat) return;
      if (isBehindDialog() || (isInField(event.target) && !name.startsWith("mod+"))) return;
      const command = meant(useCommands.getState(), name, useSettings.getState().singleKeys);
      if (!command) return;
      event.preventDefault();
      command.run();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}
