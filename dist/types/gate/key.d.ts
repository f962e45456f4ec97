/** FNV-1a over UTF-16 units. It finds what changed, nobody's malice is its match: the engine hashes the layer again. */
export declare function keyOf(text: string): number;
