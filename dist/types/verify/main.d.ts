import type { EngineFactory } from '../engine/load.ts';
import type { Lang } from './words.ts';
/** Put in by the build. */
export interface Parts {
    factory: EngineFactory;
    locales: Record<Lang, string>;
    /** Any policy: the layer of receipts needs one, and shows nothing of it. */
    policy: string;
}
export declare function start({ factory, locales, policy }: Parts): Promise<void>;
