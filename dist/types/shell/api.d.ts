import type { Engine } from '../engine/engine.ts';
import type { Attached } from '../gate/link.ts';
import type { Keep } from '../keep.ts';
import type { Layers } from './layers.ts';
import type { Sync } from './outbox.ts';
import type { Report } from './report.ts';
import type { Session, ShownState } from './session.ts';
export interface Kelisim extends Attached {
    state(): ShownState;
    sync(): Promise<Sync>;
}
/** window.kelisim (design, section 5). */
export interface PublicKelisim extends Kelisim {
    /** Whether a category, service, purpose, channel, transfer or address is allowed now; what nobody knows is not. */
    allows(x: string): boolean;
    /** Resolves to the same object once the engine runs. */
    ready: Promise<PublicKelisim>;
    /** Listens to an event without its prefix: "change", "receipt", …; answers with what ends it. */
    on(type: string, listener: (event: CustomEvent) => void): () => void;
}
export declare function publicApi(host: {
    engine: Engine;
    session: Session;
    layers: Layers;
    keep: () => Promise<Keep>;
    report: Report;
}): Kelisim;
