import { useEffect, useEffectEvent, useState } from "react";
import { announce } from "@/shared/announce/announce";
import { isBehindDialog, isInField } from "@/shared/commands/keyboard";
import { typedTimeframe, type Timeframe } from "@/shared/market/timeframe";
import { useSettings } from "@/shared/settings/settings";
import { text } from "@/shared/text";
import { typeKey } from "./typing";

const FORGET_AFTER_MS = 3_000;

function isShortcut(event: KeyboardEvent): boolean {
  return event.ctrlKey || event.metaKey || event.altKey;
}

/** Listens to the keyboard for a timeframe and Enter; gives what has been typed so far. */
export function useTypedTimeframe(onChoose: (timeframe: Timeframe) => void): string {
  const [typed, setTyped] = useState("");
  const singleKeys = useSettings((settings) => settings.singleKeys);

  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (!singleKeys || isShortcut(event) || isInField(event.target) || isBehindDialog()) return;
    const next = typeKey(typed, event.key);
    // While a number is being typed, Enter must not press the button that has the focus.
    if (typed !== "" && event.key === "Enter") event.preventDefault();
    setTyped(next.typed);
    if (next.chosen) onChoose(next.chosen);
  });

  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event);
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);

  useEffect(() => {
    if (typed === "") return undefined;
    const meant = typedTimeframe(typed);
    announce(meant ? text.timeframe.typed(meant) : text.timeframe.typedUnknown);
    const timer = setTimeout(() => setTyped(""), FORGET_AFTER_MS);
    return () => clearTimeout(timer);
  }, [typed]);

  return typed;
}
