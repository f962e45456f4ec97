import type { GateLink } from '../gate/link.ts';
/** @returns what shows the sentence, once however often it is asked for; it is read out and takes no focus */
export declare function makeExcuse({ config, natives }: Pick<GateLink, 'config' | 'natives'>): () => void;
