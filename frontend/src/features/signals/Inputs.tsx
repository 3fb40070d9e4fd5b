import type { ReactNode } from "react";
import { numbers } from "@/shared/format/numbers";
import { momentInZone } from "@/shared/format/times";
import { barTimeInZone } from "@/shared/market/bar-time";
import type { FrozenSignal } from "@/shared/signals/signal";
import { text } from "@/shared/text";
import { Card } from "@/shared/ui/Card";
import {
  frozenInputs,
  type FrozenInputs,
  type Reading,
  type SeenCandles,
  type SeenPattern,
  type SeenPrediction,
  type Source,
} from "./frozen-inputs";

const words = text.signalPage.inputs;

/** Everything that the signal was decided from, as it was then. */
export function Inputs({ signal }: { readonly signal: FrozenSignal }) {
  const inputs = frozenInputs(signal.details.inputs);
  const { readings, patterns, volume, prediction, sources, candles } = inputs;
  return (
    <Card title={words.title} testId="inputs">
      <div className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
        <Part title={words.indicators}>
          <Readings readings={readings} />
        </Part>
        <div className="flex flex-col gap-4">
          <Part title={words.patterns}>
            {isAbsent(inputs, "patterns") ? (
              words.absentPatterns
            ) : (
              <Patterns patterns={patterns} signal={signal} />
            )}
          </Part>
          <Part title={words.volume}>
            {volume
              ? words.volumeSaid(
                  numbers.compact(volume.current),
                  numbers.ratio(volume.ratio),
                  numbers.compact(volume.average),
                )
              : words.absentVolume}
          </Part>
          <Part title={words.prediction}>
            {prediction ? <Prediction prediction={prediction} /> : words.absentPrediction}
          </Part>
          <Part title={words.sources}>
            <Sources sources={sources} />
          </Part>
        </div>
      </div>
      {candles && <Candles candles={candles} />}
    </Card>
  );
}

function isAbsent({ sources }: FrozenInputs, source: string): boolean {
  return sources.some(({ name, absence }) => name === source && absence !== null);
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h3 className="text-caps font-medium text-muted">{title}</h3>
      {children}
    </section>
  );
}

function Readings({ readings }: { readonly readings: readonly Reading[] }) {
  return (
    <table className="w-full">
      <caption className="sr-only">{words.indicators}</caption>
      <tbody>
        {readings.map(({ name, value }) => (
          <tr key={name} className="h-6 border-t border-line first:border-t-0">
            <th scope="row" className="text-left font-normal">
              {words.indicator(name)}
            </th>
            <td className="text-right">{value === null ? words.notWarm : numbers.price(value)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface PatternsProps {
  readonly patterns: readonly SeenPattern[];
  readonly signal: FrozenSignal;
}

function Patterns({ patterns, signal: { timeframe } }: PatternsProps) {
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

function Prediction({ prediction }: { readonly prediction: SeenPrediction }) {
  const { up, neutral, down, silence } = prediction;
  const chances = [up, neutral, down].map(numbers.share) as [string, string, string];
  return (
    <>
      <p>{words.chances(...chances)}</p>
      {silence !== null && (
        <p className="text-axis text-muted">
          {text.signalView.notes.rulesOnly.sentence(silence)} {words.usualShares}
        </p>
      )}
    </>
  );
}

function Sources({ sources }: { readonly sources: readonly Source[] }) {
  return (
    <ul>
      {sources.map(({ name, absence }) => (
        <li key={name} className={absence === null ? "" : "text-warn"}>
          <span aria-hidden="true">{absence === null ? "✓" : "✕"} </span>
          {words.source(name)}: {absence === null ? words.present : words.absent(absence)}
        </li>
      ))}
    </ul>
  );
}

function Candles({ candles }: { readonly candles: SeenCandles }) {
  const { count, fromMs, untilMs, hash } = candles;
  const isWhole = count !== null && fromMs !== null && untilMs !== null;
  return (
    <div className="mt-4">
      <Part title={words.candles}>
        {isWhole && (
          <p>
            {words.candlesSaid(numbers.whole(count), momentInZone(fromMs), momentInZone(untilMs))}
          </p>
        )}
        <p className="text-axis text-muted">
          {words.hash} <code className="break-all">{hash}</code>
        </p>
      </Part>
    </div>
  );
}
