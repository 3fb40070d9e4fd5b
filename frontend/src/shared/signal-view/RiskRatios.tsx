import { numbers } from "@/shared/format/numbers";
import type { TradeSignal } from "@/shared/signals/signal";
import { text } from "@/shared/text";

/** The zone, reward against risk in three readings, and the fee behind the net figures. */
export function RiskRatios({ signal }: { readonly signal: TradeSignal }) {
  const words = text.signalView.risk;
  const { levels, raw } = signal;
  if (!levels) return null;
  const zone = words.zone(numbers.price(levels.zoneMin), numbers.price(levels.zoneMax));
  return (
    <div className="mt-2 text-axis text-muted">
      <p>
        {zone}
        {raw.zoneNarrowed === true && `, ${words.narrowed}`}
      </p>
      <dl className="mt-1 grid grid-cols-3 gap-2">
        <Ratio name={words.ratios.gross} value={raw.riskRewardRatio} />
        <Ratio name={words.ratios.net} value={raw.riskRewardNet} />
        <Ratio name={words.ratios.worst} value={raw.riskRewardWorst} />
      </dl>
      <p className="mt-1">{words.fee(numbers.ratio(raw.feePercentPerSide))}</p>
    </div>
  );
}

function Ratio({ name, value }: { readonly name: string; readonly value: number | null }) {
  if (value === null) return null;
  return (
    <div>
      <dt className="text-caps">{name}</dt>
      <dd className="text-base text-text">{numbers.ratio(value)}</dd>
    </div>
  );
}
