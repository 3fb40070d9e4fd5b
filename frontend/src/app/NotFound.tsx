import { Link } from "wouter";
import { text } from "@/shared/text";

export function NotFound() {
  return (
    <div className="py-16 text-center">
      <p className="text-muted">{text.nav.notFoundDetail}</p>
      <Link href="/" className="mt-4 inline-block font-medium text-accent underline">
        {text.nav.toWorkspace}
      </Link>
    </div>
  );
}
