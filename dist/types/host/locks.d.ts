import type { Clock } from './clock.ts';
import type { Storage } from './storage.ts';
/** Whether the lock is this tab's still. A lease is then its for `ms` more, whatever its timers do meanwhile. */
export type Held = (ms?: number) => Promise<boolean>;
/** Runs `work` while no other tab runs work of this name. */
export type Alone = <T>(name: string, work: (held: Held) => Promise<T>) => Promise<T>;
/** The longest that is asked for. */
export declare const MAX_LEASE_MS = 120000;
/** Locks without Web Locks: a row with an end, taken in one transaction. */
export declare function withLease<T>(host: LeaseHost, name: string, work: (held: Held) => Promise<T>): Promise<T>;
interface LeaseHost {
    storage: Pick<Storage, 'swap'>;
    clock: Clock;
    /** Names this tab. */
    owner: string;
}
/** Leases for a tab's work, which goes one after the other: a lease does not keep a tab from itself. */
export declare function leases(host: LeaseHost): Alone;
export declare function browserLocks(host: LeaseHost): Alone;
export {};
