import type { Decision } from './rules.ts';
export interface AuditHost {
    judge(address: string): Decision;
    /** May this cookie be stored? Reports one that nobody declared. */
    cookie(name: string): void;
    emit(type: string, detail: unknown): void;
}
export declare function start({ judge, cookie, emit }: AuditHost): void;
