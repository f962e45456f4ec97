import type { Config, Held, Snapshot } from './link.ts';
import { type Decision, type Rules } from './rules.ts';
export declare let config: Config;
export declare let rules: Rules;
/** Dispatches `kelisim:<type>` on document; a change goes to the page's dataLayer as well, where it has one. */
export declare function emit(type: string, detail: any): void;
/** The same after the running script, so that no listener runs inside a call that page code made for another reason. */
export declare const emitLater: (type: string, detail: unknown) => void;
/** Does something once the page is parsed. */
export declare const whenParsed: (work: () => void) => void;
/** Tells of an error of the gate's own: one event, and one line in the console. */
export declare function tell(code: string, message: string): {
    code: string;
    path: string;
    message: string;
};
/** Tells of something wrong with the install, when there can be somebody to hear it. */
export declare const report: (code: string, message: string) => void;
/** Reports a host or name nobody declared, once per page. */
export declare function reportUndeclared(kind: string, name: string): void;
/** Puts a snapshot in force; null, or one of another format or edition, closes. */
export declare function use(snapshot: Snapshot | null): void;
/** The stored snapshot; null when there is none, or a broken one. */
export declare function readStored(): Snapshot | null;
/** Whether a snapshot can still come; what can wait for one does. */
export declare let expecting: boolean;
export declare const giveUp: () => void;
/** Services of gate allow_on_action that a trusted action has reached. */
export declare const acted: Map<string, true>;
export declare function start(given: Config): void;
/** May `raw`, as page code wrote it in a node's page, be asked now? */
export declare const judge: (raw: string, node: Node) => Decision;
/** An address in full, as the browser would ask it; what nobody can parse as it is. */
export declare function ownHref(raw: string, node: Node): string;
/** What is told of an address that is held: all of it that leaves the gate. */
export declare function describeHeld(kind: string, raw: string, node: Node): Held;
