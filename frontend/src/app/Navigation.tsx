import { Link, useLocation } from "wouter";
import { text } from "@/shared/text";
import { useHref } from "@/shared/view/use-view";
import { isAt, PAGES } from "./pages";

/** The pages, in a row; a narrow screen has the tab bar instead. */
export function Navigation() {
  return (
    <nav aria-label={text.nav.region} className="hidden md:flex">
      {PAGES.map((page) => (
        <PageLink key={page.path} {...page} />
      ))}
    </nav>
  );
}

function PageLink({ path, name }: (typeof PAGES)[number]) {
  const [location] = useLocation();
  return (
    <Link
      href={useHref(path)}
      aria-current={isAt(path, location) ? "page" : undefined}
      className="grid h-8 place-items-center rounded-card px-2.5 font-medium text-muted hover:bg-raised hover:text-text aria-[current]:text-accent"
    >
      {name}
    </Link>
  );
}
