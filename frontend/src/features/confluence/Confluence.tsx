import { text } from "@/shared/text";
import { Card } from "@/shared/ui/Card";
import { ErrorNotice } from "@/shared/ui/ErrorNotice";
import { Notice } from "@/shared/ui/Notice";
import { Skeleton } from "@/shared/ui/Skeleton";
import { useView } from "@/shared/view/use-view";
import { ConfluenceTable } from "./ConfluenceTable";
import { useLatestDecisions, type LatestDecision } from "./use-latest-decisions";

const TABLE_HEIGHT = 252;

/** What each family says on each timeframe. */
export function Confluence() {
  const [{ symbol }] = useView();
  const decisions = useLatestDecisions(symbol);
  return (
    <Card title={text.confluence.title} testId="confluence">
      <div style={{ minHeight: TABLE_HEIGHT }}>
        <Content decisions={decisions} />
      </div>
    </Card>
  );
}

function Content({ decisions }: { readonly decisions: readonly LatestDecision[] }) {
  const words = text.confluence;
  const [failed] = decisions.filter(({ error }) => error !== null);
  if (decisions.some(({ decision }) => decision)) return <ConfluenceTable decisions={decisions} />;
  if (failed?.error) {
    const retry = () => decisions.forEach((one) => one.retry());
    return <ErrorNotice title={words.failed} error={failed.error} onRetry={retry} />;
  }
  if (decisions.some(({ decision }) => decision === undefined))
    return <Skeleton height={TABLE_HEIGHT} />;
  return <Notice title={words.empty} detail={words.emptyDetail} />;
}
