import { Component, type ReactNode } from "react";
import { usePathname, useSearch } from "wouter/use-browser-location";
import { text } from "@/shared/text";
import { Button } from "@/shared/ui/Button";
import { Notice } from "@/shared/ui/Notice";

interface CrashBoundaryProps {
  readonly children: ReactNode;
}

/** A fault of the dashboard itself ends in a sentence and a way on, not in a blank page. */
export function CrashBoundary({ children }: CrashBoundaryProps) {
  return <Boundary address={usePathname() + useSearch()}>{children}</Boundary>;
}

interface BoundaryProps extends CrashBoundaryProps {
  /** At another one the children have another chance. */
  readonly address: string;
}

interface Crash {
  readonly hasCrashed: boolean;
  readonly address: string;
}

class Boundary extends Component<BoundaryProps, Crash> {
  override state: Crash = { hasCrashed: false, address: this.props.address };

  static getDerivedStateFromError(): Partial<Crash> {
    return { hasCrashed: true };
  }

  static getDerivedStateFromProps({ address }: BoundaryProps, before: Crash): Crash | null {
    return address === before.address ? null : { hasCrashed: false, address };
  }

  override render() {
    if (!this.state.hasCrashed) return this.props.children;
    return (
      <Notice title={text.error.crashed} detail={text.error.crashedDetail}>
        <Button onClick={() => location.reload()}>{text.error.reload}</Button>
      </Notice>
    );
  }
}
