import type { ReactNode } from "react";
import { numbers } from "@/shared/format/numbers";
import { times } from "@/shared/format/times";
import { text } from "@/shared/text";
import type { EquityPoint } from "./equity-walk";

const words = text.performance.equity;

/** The figures of one outcome, which are also the legend of the lines. */
export function EquityReading({ point }: { readonly point: EquityPoint }) {
  const { exitMs, side, netR, sum, random, heldPercent } = point;
  const { signed } = numbers;
  return (
    <div className="flex min-h-28 flex-wrap content-start gap-x-4 md:min-h-6">
      <Value name={words.moment(times.moment(exitMs), times.zone(exitMs))}>
        {`${text.signal.glyph(side)} ${text.signal.side(side)} ${words.netR(signed(netR))}`}
      </Value>
      <Value name={words.legend.signals} swatch="bg-accent">
        {words.netR(signed(sum))}
      </Value>
      {random && (
        <Value name={words.legend.random} swatch="bg-neutral">
          {words.netR(signed(random.mean))}{" "}
          <span className="font-normal text-muted">
            ({text.performance.headline.range(signed(random.low), signed(random.high))})
          </span>
        </Value>
      )}
      {heldPercent !== null && (
        <Value name={words.legend.hold} swatch="bg-ema50">
          {numbers.percent(heldPercent)}
        </Value>
      )}
    </div>
  );
}

interface ValueProps {
  readonly name: string;
  /** The colour of its line. */
  readonly swatch?: string;
  readonly children: ReactNode;
}

function Value({ name, swatch, children }: ValueProps) {
  return (
    <p className="md:whitespace-nowrap">
      {swatch && (
        <span
          aria-hidden="true"
          className={`mr-1.5 inline-block h-0.5 w-3 align-middle ${swatch}`}
        />
      )}
      <span className="text-muted">{name}</span> <span className="font-medium">{children}</span>
    </p>
  );
}
