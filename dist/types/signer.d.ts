import type { Keys } from './host/crypto.ts';
import type { Random } from './host/uuid.ts';
export declare const makeKeys: (random: Random) => Keys;
