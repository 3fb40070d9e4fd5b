import { useQuery } from "@tanstack/react-query";
import { useApis } from "@/shared/api/apis";
import { numbers } from "@/shared/format/numbers";
import { times } from "@/shared/format/times";
import { text } from "@/shared/text";

/** What the signal's chance was measured on. */
export function FittedMap({ id }: { readonly id: string }) {
  const words = text.signalCard.calibration;
  const api = useApis().signals;
  const { data, error } = useQuery({
    queryKey: ["confidence-map", id],
    queryFn: ({ signal }) => api.confidenceMap(id, signal),
  });
  if (error) return <p className="text-axis text-muted">{words.mapFailed}</p>;
  if (!data) return null;
  const { outcomes, historicalOutcomes, fittedUntilMs } = data;
  return (
    <p className="text-axis text-muted">
      {words.fitted(
        numbers.whole(outcomes),
        numbers.whole(historicalOutcomes),
        times.day(fittedUntilMs),
      )}
    </p>
  );
}
