import { numbers } from "@/shared/format/numbers";
import { IntervalBar } from "@/shared/plot/IntervalBar";
import { text } from "@/shared/text";
import type { Baselines, Score } from "./track-record";

function TooFew() {
  return <span className="text-muted">{text.signalCard.track.tooFew}</span>;
}

/** With its 95 % interval, in words and drawn from 0 to 100 %. */
export function HitRate({ score }: { readonly score: Score }) {
  const { hitRate, hitRateLow, hitRateHigh } = score;
  if (hitRate === null || hitRateLow === null || hitRateHigh === null) return <TooFew />;
  const [low, high] = [numbers.whole(100 * hitRateLow), numbers.chance(100 * hitRateHigh)];
  return (
    <>
      <span className="font-semibold">{numbers.chance(100 * hitRate)}</span>{" "}
      <span className="text-axis whitespace-nowrap text-muted">
        {text.signalCard.track.interval(low, high)}
      </span>
      <IntervalBar low={hitRateLow} high={hitRateHigh} at={hitRate} span={[0, 1]} />
    </>
  );
}

/** Net of fees, with its standard error. */
export function NetR({ score }: { readonly score: Score }) {
  const words = text.signalCard.track;
  const { meanNetR, netRStandardError } = score;
  if (meanNetR === null) return <TooFew />;
  return (
    <>
      <span className="font-semibold">{numbers.signed(meanNetR)}</span>
      {netRStandardError !== null && (
        <span className="text-axis whitespace-nowrap text-muted">
          {" "}
          {words.error(numbers.ratio(netRStandardError))}
        </span>
      )}
    </>
  );
}

interface RandomEntriesProps {
  readonly entries: Baselines["randomEntries"];
}

/** What luck brings, and how much of it the signals leave behind. */
export function RandomEntries({ entries }: RandomEntriesProps) {
  const words = text.signalCard.track;
  if (!entries) return text.none;
  return (
    <>
      {numbers.signed(entries.meanNetR.mean)}
      <span className="block text-axis whitespace-nowrap text-muted">
        {words.beats(numbers.share(entries.shareBelow))}
      </span>
    </>
  );
}
