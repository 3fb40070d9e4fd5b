import { Component, type ReactNode } from "react";
import { text } from "@/shared/text";
import { Button } from "@/shared/ui/Button";
import { Notice } from "@/shared/ui/Notice";

interface Crash {
  readonly fault: Error | null;
}

/** A fault of the dashboard itself ends in a sentence and a way on, not in a blank page. */
export class CrashBoundary extends Component<{ readonly children: ReactNode }, Crash> {
  override state: Crash = { fault: null };

  static getDerivedStateFromError(fault: Error): Crash {
    return { fault };
  }

  override render() {
    const { fault } = this.state;
    if (fault === null) return this.props.children;
    return (
      <Notice title={text.error.crashed} detail={fault.message}>
        <Button onClick={() => location.reload()}>{text.error.reload}</Button>
      </Notice>
    );
  }
}
