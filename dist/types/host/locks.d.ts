import type { Clock } from './clock.ts';
import type { Storage } from './storage.ts';
/** Runs `work` while no other tab runs work of this name. */
export type Alone = <T>(name: string, work: () => Promise<T>) => Promise<T>;
/** Locks without Web Locks: a row with an end, taken in one transaction. */
export declare function withLease<T>(host: {
    storage: Pick<Storage, 'swap'>;
    clock: Clock;
    owner: string;
}, name: string, work: () => Promise<T>): Promise<T>;
/** @param host.owner names this tab */
export declare function browserLocks(host: {
    storage: Pick<Storage, 'swap'>;
    clock: Clock;
    owner: string;
}): Alone;
