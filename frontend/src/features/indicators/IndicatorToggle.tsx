import type { IndicatorId } from "@/shared/market/indicators";
import { text } from "@/shared/text";
import { Switch } from "@/shared/ui/Switch";
import type { ReadingInWords } from "./indicator-reading";
import { Meaning } from "./Meaning";

/** As the chart draws them. Tailwind has to find the names of its classes in the sources. */
const SWATCHES: Readonly<Partial<Record<IndicatorId, string>>> = {
  ema9: "bg-ema9",
  ema21: "bg-ema21",
  ema50: "bg-ema50",
  ema200: "bg-ema200",
  bollinger: "bg-neutral",
  vwap: "bg-accent",
  rsi: "bg-accent",
  macd: "bg-accent",
};

interface IndicatorToggleProps {
  readonly id: IndicatorId;
  readonly reading: ReadingInWords;
  readonly isShown: boolean;
  readonly onChange: (id: IndicatorId, isShown: boolean) => void;
}

/** An indicator, what it reads now, and whether the chart shows it. */
export function IndicatorToggle({ id, reading, isShown, onChange }: IndicatorToggleProps) {
  return (
    <li className="flex items-center gap-2" data-testid={`indicator-${id}`}>
      <span
        aria-hidden="true"
        className={`h-0.5 w-3 rounded-full ${SWATCHES[id] ?? "bg-transparent"}`}
      />
      <span className="flex-1">{text.indicators.name(id)}</span>
      <span className="text-axis text-muted">{reading.value}</span>
      <span className="w-18 text-axis">
        {reading.direction !== null && <Meaning direction={reading.direction} />}
      </span>
      <Switch
        label={text.indicators.name(id)}
        isOn={isShown}
        onChange={(isOn) => onChange(id, isOn)}
      />
    </li>
  );
}
