import type { Engine } from './engine/engine.ts';
import type { GateLink } from './gate/link.ts';
import type { Clock } from './host/clock.ts';
import type { Storage } from './host/storage.ts';
import type { Drafts } from './shell/drafts.ts';
import type { History } from './shell/history.ts';
import type { Outbox } from './shell/outbox.ts';
import type { Receipts, ReceiptsHost } from './shell/receipts.ts';
import type { Report } from './shell/report.ts';
export { makeForms } from './shell/forms.ts';
export interface Keep {
    storage: Storage;
    receipts: Receipts;
    outbox: Outbox;
    history: History;
}
export interface KeepHost {
    link: GateLink;
    engine: Engine;
    clock: Clock;
    drafts: Drafts;
    report: Report;
    /** Names this tab. */
    owner: string;
    policy: ReceiptsHost['policy'];
    refresh(): void;
}
export declare function makeKeep(host: KeepHost): Promise<Keep>;
