import type { Engine } from '../engine/engine.ts';
import type { LoadedPolicy } from '../engine/types.ts';
import type { Store } from '../gate/link.ts';
import type { Languages } from './language.ts';
import type { Session } from './session.ts';
/**
 * Makes the waiting answer an act, if it was given to this edition and to the very layer the engine would draw. Throws
 * `pending_refused`, `pending_edition` or `pending_text` if not: then nothing is granted and the person is asked again.
 */
export declare function takePending(host: {
    engine: Engine;
    store: Store;
    /** The answer where localStorage had no room for it. */
    unstored: string | null;
    /** Only a page built with the layer can have been answered before the engine was up. */
    isBuilt: boolean;
    session: Session;
    languages: Languages;
    loaded: LoadedPolicy;
    now: () => number;
}): Promise<void>;
