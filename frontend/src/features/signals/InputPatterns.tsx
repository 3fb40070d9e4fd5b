import { barTimeInZone } from "@/shared/market/bar-time";
import type { FrozenSignal } from "@/shared/signals/signal";
import { text } from "@/shared/text";
import type { SeenPattern } from "./frozen-inputs";

const words = text.signalPage.inputs;

interface InputPatternsProps {
  readonly patterns: readonly SeenPattern[];
  readonly signal: FrozenSignal;
}

/** The patterns that were seen then, each with its bar. */
export function InputPatterns({ patterns, signal: { timeframe } }: InputPatternsProps) {
  if (patterns.length === 0) return words.noPatterns;
  return (
    <ul>
      {patterns.map(({ type, strength, openMs }) => (
        <li key={`${type} ${openMs ?? ""}`}>
          {text.signals.pattern(type)}
          <span className="text-muted">
            {strength !== null && `, ${words.strength(strength)}`}
            {openMs !== null && `, ${barTimeInZone(openMs, timeframe)}`}
          </span>
        </li>
      ))}
    </ul>
  );
}
