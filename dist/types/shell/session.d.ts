import type { Engine } from '../engine/engine.ts';
import type { Act, PublicState } from '../engine/types.ts';
import type { GateLink, StorageItem } from '../gate/link.ts';
import type { Clock } from '../host/clock.ts';
import type { Tabs } from '../host/tabs.ts';
import type { Drafts } from './drafts.ts';
import type { Report } from './report.ts';
export interface SessionHost {
    engine: Engine;
    link: GateLink;
    clock: Clock;
    tabs: Tabs;
    /** Where goes what localStorage has no room for: one text, or null. */
    copies: {
        read(): Promise<string | null>;
        write(text: string | null): Promise<void>;
    };
    drafts: Drafts;
    report: Report;
    newId(): string;
    /** The decision is stored: the layer has to go. */
    closeLayer(): void;
    /** The state in force is another: by an act here, in another tab, or by time. */
    changed(now: PublicState): void;
    /** After a withdrawal: what could not be deleted, and whose code still runs in this page. */
    left(items: StorageItem[], services: string[]): void;
    /** A draft waits to become a receipt. */
    decided(): void;
}
export interface Session {
    state(): PublicState;
    /** Takes what is stored. It is not in force before `enforce`. */
    start(): Promise<void>;
    /** Has the gate enforce the state of now, and keeps it as a snapshot for the next page. */
    enforce(): PublicState;
    /** What another tab stored meanwhile comes into force here. */
    refresh(): void;
    /** From now on hears of other tabs. */
    listen(): void;
    /** Has the engine go through an act and takes it back, so that a person's finds its code compiled. */
    warm(): void;
    /** Gives the engine the state again, after it was loaded anew. */
    again(): void;
    /** The state grants what no receipt bears out: away with it. Everything is closed and undecided from now on. */
    discard(): void;
    /**
     * One act: stored, enforced, then on its way to a receipt. Throws what the engine says against it; nothing has happened then.
     * @returns the id its receipt will have; "" when there was nothing to decide
     */
    act(act: Omit<Act, 'at_ms'> & {
        at_ms?: number;
    }): string;
}
/** What `state()` says, before the engine is up and after. */
export type ShownState = Omit<PublicState, 'policy' | 'ask'>;
export declare function makeSession(host: SessionHost): Session;
/** Whether the server is told of a choice. */
export declare function hasCookie(): boolean;
/** What a page is told: what to draw is the shell's own business. */
export declare function shown({ policy, ask, ...state }: PublicState): ShownState;
