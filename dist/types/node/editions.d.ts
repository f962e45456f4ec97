import type { Json } from '../engine/types.ts';
import type { Kelisim } from './index.ts';
export interface Edition {
    format: 'kelisim-edition-1';
    /**
     * text: {policy, text}, the document and its verbatim text; its hash is that of the source text the two make.
     * config: the document; view: the tree of a layer. The hash of both is that of their RFC 8785 bytes.
     */
    kind: 'text' | 'config' | 'view';
    sha256: string;
    value: Json;
}
/** Every text that a receipt about the loaded policy can name, in every language there is. @param text the verbatim text, where it is at hand */
export declare function editionsOf(kelisim: Kelisim, policy: string, text?: string): Edition[];
/** Whether an edition is the text its name says. Loads a policy into `kelisim`. */
export declare function isEdition(kelisim: Kelisim, edition: unknown, sha256: string): boolean;
