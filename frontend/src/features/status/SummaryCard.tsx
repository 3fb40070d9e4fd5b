import { useEffect, useRef } from "react";
import { announce } from "@/shared/announce/announce";
import { text } from "@/shared/text";
import { Button } from "@/shared/ui/Button";
import { Card } from "@/shared/ui/Card";
import type { Finding } from "./judge-status";
import { StateWord, type Tone } from "./StateWord";

const say = text.status.summary;

const TONES: Readonly<Record<Finding["severity"], Tone>> = { trouble: "bad", notice: "notice" };

/** "All well", or how many things are wrong or good to know. */
export function headlineOf(findings: readonly Finding[]): string {
  const troubles = findings.filter(({ severity }) => severity === "trouble").length;
  if (troubles > 0) return say.troubles(troubles);
  return findings.length > 0 ? say.notices(findings.length) : say.well;
}

function useAnnouncedChange(headline: string): void {
  const before = useRef(headline);
  useEffect(() => {
    if (before.current !== headline) announce(headline);
    before.current = headline;
  }, [headline]);
}

interface SummaryCardProps {
  /** The worst first. */
  readonly findings: readonly Finding[];
  /** Null while there is an answer. */
  readonly onRetry: (() => void) | null;
}

/** Whether all is well, in a line, and what is not; it keeps its size whatever it says. */
export function SummaryCard({ findings, onRetry }: SummaryCardProps) {
  const headline = headlineOf(findings);
  useAnnouncedChange(headline);
  const worst = findings[0];
  return (
    <Card title={say.title} testId="status-summary">
      <p className="text-price font-semibold">
        <StateWord tone={worst ? TONES[worst.severity] : "good"}>{headline}</StateWord>
      </p>
      {worst ? (
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <ul tabIndex={0} aria-label={headline} className="mt-1 h-20 overflow-y-auto">
          {findings.map(({ severity, sentence }) => (
            <li key={sentence}>
              <StateWord tone={TONES[severity]}>{sentence}</StateWord>
            </li>
          ))}
        </ul>
      ) : (
        <p className="mt-1 h-20 text-muted">{say.wellDetail}</p>
      )}
      <footer className="flex h-11 items-center justify-between gap-3 text-axis text-muted md:h-8">
        <p>{text.status.how}</p>
        {onRetry && <Button onClick={onRetry}>{text.error.retry}</Button>}
      </footer>
    </Card>
  );
}
