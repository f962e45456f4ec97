import type { ReceiptDraft } from '../engine/types.ts';
import type { Store } from '../gate/link.ts';
export interface Waiting {
    receipt_id: string;
    draft: ReceiptDraft;
    /** Whether navigator.globalPrivacyControl was set when the choice was made. */
    gpc: boolean;
}
/** kelisim.drafts, shared with the other tabs, and a copy of this tab's own in case it cannot be written. */
export interface Drafts {
    /** Everything that waits, in the order it was decided. */
    all(): Waiting[];
    /** @returns false when it is in memory only */
    add(waiting: Waiting): boolean;
    /** Its receipt is stored, or it can never become one. */
    done(id: string): void;
    /** How many signed receipts still have to be sent. */
    setUnsent(count: number): void;
    unsent(): number;
}
export declare function makeDrafts(store: Store): Drafts;
