import { Link } from "wouter";
import type { FrozenSignal } from "@/shared/signals/signal";
import { SignalSheet } from "@/shared/signal-view/SignalSheet";
import { text } from "@/shared/text";
import { ErrorNotice } from "@/shared/ui/ErrorNotice";
import { Notice } from "@/shared/ui/Notice";
import { Skeleton } from "@/shared/ui/Skeleton";
import { useHref } from "@/shared/view/use-view";
import { Facts } from "./Facts";
import { Inputs } from "./Inputs";
import { PageActions } from "./PageActions";
import { Replay } from "./Replay";
import { SignalPicture } from "./SignalPicture";
import { Timeline } from "./Timeline";
import { useFrozenSignal, type Frozen } from "./use-frozen-signal";

const words = text.signalPage.page;

/** One signal, frozen: what it was decided from and what became of it. */
export function SignalPage({ id }: { readonly id: string }) {
  const frozen = useFrozenSignal(id);
  const { signal } = frozen;
  return (
    <div className="flex flex-col gap-3">
      <div className="flex min-h-11 flex-wrap items-center justify-between gap-2">
        <WayBack />
        {signal && <PageActions signal={signal} />}
      </div>
      {signal ? <Parts signal={signal} /> : <Unread frozen={frozen} />}
    </div>
  );
}

function WayBack() {
  return (
    <Link
      href={useHref("/signals")}
      className="grid min-h-11 items-center font-medium text-accent hover:underline md:min-h-8"
    >
      {words.back}
    </Link>
  );
}

const COLUMN = "flex min-w-0 flex-col gap-3";

function Parts({ signal }: { readonly signal: FrozenSignal }) {
  return (
    <div className="grid gap-3 lg:grid-cols-[minmax(0,1fr)_360px]">
      <div className={`${COLUMN} lg:order-last`}>
        <section
          aria-label={words.sheet(signal.symbol)}
          className="rounded-card border border-line bg-surface p-4"
        >
          <p className="text-heading font-semibold">{signal.symbol}</p>
          <SignalSheet signal={signal} />
        </section>
        <Timeline signal={signal} />
      </div>
      <div className={COLUMN}>
        <SignalPicture signal={signal} />
        <Facts signal={signal} />
        <Inputs signal={signal} />
        <Replay key={signal.id} id={signal.id} />
      </div>
    </div>
  );
}

const SKELETON_PX = 480;

/** While it is read, and where it cannot be. */
function Unread({ frozen: { isMissing, error, retry } }: { readonly frozen: Frozen }) {
  return (
    <div
      className="relative overflow-hidden rounded-card border border-line"
      style={{ minHeight: SKELETON_PX }}
    >
      {isMissing && <Notice title={words.missing} detail={words.missingDetail} />}
      {!isMissing && error && <ErrorNotice title={words.failed} error={error} onRetry={retry} />}
      {!isMissing && !error && <Skeleton height={SKELETON_PX} />}
    </div>
  );
}
