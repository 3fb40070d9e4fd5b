import { Link, useLocation } from "wouter";
import { runCommand } from "@/shared/commands/commands";
import { text } from "@/shared/text";
import { Dialog } from "@/shared/ui/Dialog";
import { useHref } from "@/shared/view/use-view";
import { isAt, PAGES } from "./pages";

/** What has a tab of its own. */
const IN_TABS: readonly string[] = ["/", "/signals"];
const OTHERS = PAGES.filter(({ path }) => !IN_TABS.includes(path));

const ROW =
  "flex min-h-12 w-full items-center rounded-card px-3 text-left text-heading font-medium hover:bg-raised aria-[current]:text-accent";

/** The pages that have no tab, and every command. */
export function MoreSheet({ onClose }: { readonly onClose: () => void }) {
  const showCommands = () => {
    onClose();
    runCommand("palette");
  };
  return (
    <Dialog title={text.nav.more} onClose={onClose} isSheet testId="more">
      <ul>
        {OTHERS.map((page) => (
          <li key={page.path}>
            <PageRow {...page} onGo={onClose} />
          </li>
        ))}
        <li>
          <button type="button" onClick={showCommands} className={ROW}>
            {text.commands.palette.open}
          </button>
        </li>
      </ul>
    </Dialog>
  );
}

interface PageRowProps {
  readonly path: string;
  readonly name: string;
  readonly onGo: () => void;
}

function PageRow({ path, name, onGo }: PageRowProps) {
  const [location] = useLocation();
  return (
    <Link
      href={useHref(path)}
      onClick={onGo}
      aria-current={isAt(path, location) ? "page" : undefined}
      className={ROW}
    >
      {name}
    </Link>
  );
}
